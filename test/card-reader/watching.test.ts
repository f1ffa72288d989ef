import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { afterEach, describe, expect, test } from "vitest"
import type { VirtualTestCard } from "../../src-testkit/cards/create-virtual-card.ts"
import { createCardHost } from "../../src-main/card/host/card-host.ts"
import { forkChildProcess } from "../../src-main/card/host/fork-child-process.ts"
import { probe } from "../../src-main/card/probe.ts"
import { whenFileIsDone } from "../card/support/when-file-is-done.ts"
import { makeChip, openReader, readerOf } from "./support/open-reader.ts"
import { descendants, entriesRunning, openHandles } from "./support/processes.ts"
import { nameOf, watchReaders, type WatchedReaders } from "./support/watched-readers.ts"

const CYCLES = 50
const FIRST = "Virtual PCD 00 00"

const found = await openReader()
const reader = () => readerOf(found)

afterEach(async () => {
  if ("missing" in found) return
  await reader().setFaults([])
  await Promise.all([0, 1].map((slot) => reader().remove(slot)))
  // Its own pace: pcscd looks for cards every 400 ms.
  await pause(500)
})

async function watching(): Promise<WatchedReaders> {
  const readers = watchReaders(reader())
  await readers.next("running")
  return readers
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

describe.skipIf("missing" in found)("cards that come and go", () => {
  test(
    `are seen each time, ${String(CYCLES)} times in and out, and leave no handle behind`,
    { timeout: 300_000 },
    async () => {
      const chip = await makeChip("arts-p256")
      const { next, heard, watcher } = await watching()
      const [pid = 0] = await entriesRunning("watcher-process")
      const delays: { readonly in: number[]; readonly out: number[] } = { in: [], out: [] }
      let handles = 0
      for (let i = 0; i < CYCLES; i += 1) {
        const { at: inserted } = await reader().insert(chip.image)
        delays.in.push((await next("card-inserted")).at - inserted)
        const { at: removed } = await reader().remove()
        delays.out.push((await next("card-removed")).at - removed)
        if (i === 2) handles = await openHandles(pid)
      }
      const named = heard.map(({ event }) => nameOf(event)).filter((name) => name.startsWith("card-"))
      expect(named).toEqual(
        Array.from({ length: 2 * CYCLES }, (_, i) => (i % 2 === 0 ? "card-inserted" : "card-removed")),
      )
      expect(await openHandles(pid)).toBe(handles)
      watcher.stop()
      console.log(
        `seen after, in the middle: in ${median(delays.in).toFixed(0)} ms, out ${median(delays.out).toFixed(0)} ms`,
      )
    },
  )

  test("in two readers at once are told apart, and a new one for an old one as both", async () => {
    const [anna, bea] = [await makeChip("arts-p256", "Anna Een"), await makeChip("arts-p256", "Bea Twee")]
    const { next, watcher } = await watching()
    await reader().insert(anna.image, 0)
    expect((await next("card-inserted")).event).toMatchObject({ reader: FIRST })
    await reader().insert(bea.image, 1)
    expect((await next("card-inserted")).event).toMatchObject({ reader: "Virtual PCD 00 01" })
    await reader().remove(0)
    expect((await next("card-removed")).event).toMatchObject({ reader: FIRST })
    expect(watcher.now.readers.map(({ card }) => card?.state)).toEqual([undefined, "ready"])
    watcher.stop()
  })

  test("are seen while a module waits for one of them, and the module hears of it too", async () => {
    const chip = await makeChip("arts-p256")
    const { next, watcher } = await watching()
    await reader().insert(chip.image)
    await next("card-inserted")
    const host = createCardHost({
      fork: forkChildProcess(reader().environment),
      modulePath: reader().openscModule,
    })
    await reader().setFaults([{ when: { begins: "00cb" }, then: { is: "silence" } }])
    const asked = host.listTokens().catch((error: unknown) => error)
    let answered = false
    void asked.then(() => (answered = true))
    await pause(1_500)
    expect(answered).toBe(false)
    await reader().remove()
    await next("card-removed")
    await asked
    host.stop()
    watcher.stop()
  })

  test("are said to be held where another program has one for itself, and by which perhaps", async () => {
    const chip = await makeChip("arts-p256")
    const { next, watcher } = await watching()
    await reader().insert(chip.image)
    await next("card-inserted")
    const holder = await holdCard()
    const { event } = await next("card-changed held")
    expect(event).toMatchObject({ reader: FIRST, card: { state: "held" } })
    const host = createCardHost({
      fork: forkChildProcess(reader().environment),
      modulePath: reader().openscModule,
    })
    const probed = await probe({ host, readers: watcher.now, trust: undefined, at: Date.now() })
    expect(probed.links.find(({ is }) => is === "broken")).toMatchObject({
      link: "card",
      problem: "CARD_BUSY",
    })
    const heldBy = watcher.now.readers[0]?.card?.heldBy ?? []
    expect(probed.unread).toEqual([{ reader: FIRST, problem: "CARD_BUSY", heldBy }])
    expect(heldBy.some((name) => name.length > 0)).toBe(true)
    process.kill(holder, "SIGKILL")
    await next("card-changed ready")
    const after = await probe({ host, readers: watcher.now, trust: undefined, at: Date.now() })
    expect(after.cards).toHaveLength(1)
    host.stop()
    watcher.stop()
  })
})

/** Another program, no relative of ours; answers its process. */
async function holdCard(): Promise<number> {
  const script = join(import.meta.dirname, "support/hold-card.ts")
  const environment = { ...process.env, NODE_OPTIONS: "", ...reader().environment }
  // Behind a shell: a child of ours would be taken for one of our own processes.
  const shell = spawn("sh", ["-c", '"$0" "$1" "$2"; true', process.execPath, script, FIRST], {
    env: environment,
  })
  whenFileIsDone(() => void shell.kill("SIGKILL"))
  // Sound: the standard output of a process is read in buffers.
  const [said] = (await once(shell.stdout, "data")) as [Buffer]
  expect(String(said)).toBe("held\n")
  const [node] = await descendants(shell.pid ?? 0)
  return node?.pid ?? 0
}

describe.skipIf("missing" in found)("a card service", () => {
  let chip: VirtualTestCard | undefined
  const card = async (): Promise<VirtualTestCard> => (chip ??= await makeChip("arts-p256"))

  afterEach(async () => {
    await reader().pcscd("restart", 1)
  })

  test("that is not there at first is said, and found when it comes", async () => {
    await reader().pcscd("stop")
    const { next, watcher } = watchReaders(reader())
    await next("stopped")
    await reader().pcscd("start")
    await next("running")
    await next("reader-added")
    await reader().insert((await card()).image)
    await next("card-inserted")
    watcher.stop()
  })

  test.each(["stop", "kill"] as const)(
    "that goes (%s) takes the card with it, and brings it back",
    async (how) => {
      const { next, watcher } = await watching()
      await reader().insert((await card()).image)
      await next("card-inserted")
      for (let i = 0; i < 3; i += 1) {
        await reader().pcscd(how)
        await next("card-removed")
        await next("stopped")
        expect(watcher.now).toEqual({ service: "stopped", readers: [] })
        await reader().pcscd("start")
        await next("running")
        await next("card-inserted")
      }
      watcher.stop()
    },
  )

  test("whose reader is unplugged is without one, and has it again when it is plugged in", async () => {
    const { next, watcher } = await watching()
    await reader().pcscd("restart", 0)
    await next("reader-removed")
    await next("running")
    expect(watcher.now).toEqual({ service: "running", readers: [] })
    await reader().pcscd("restart", 1)
    await next("reader-added")
    watcher.stop()
  })

  test("that hangs is said not to answer, and is found again", { timeout: 120_000 }, async () => {
    const { next, watcher } = await watching()
    const pcscd = (await descendants(reader().pid)).find(({ name }) => name === "pcscd")?.pid ?? 0
    process.kill(pcscd, "SIGSTOP")
    await next("unresponsive")
    process.kill(pcscd, "SIGCONT")
    await next("running")
    watcher.stop()
  })
})
