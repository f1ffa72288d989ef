import { readFile } from "node:fs/promises"
import { setTimeout as pause } from "node:timers/promises"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { describe, expect, test } from "vitest"
import { openChipDesk } from "../card-reader/support/chip-desk.ts"
import { openChipWorld } from "../card-reader/support/chip-world.ts"
import { consult, signInAgain, type ConsultOutcome, type Room } from "../card-reader/support/consults.ts"
import { writeSection } from "../card-reader/faults/write-section.ts"
import { makeChip, openReader, readerOf } from "../card-reader/support/open-reader.ts"
import { entriesRunning, openHandles } from "../card-reader/support/processes.ts"

const HOUR = 3_600_000
const SIGNATURES = Number(process.env["VRIJGAVE_SIGNATURES"] ?? 1_000)
const REMOVED_EVERY = 5
/** Beyond the last command of a signature the card goes just after it. */
const COMMANDS_BEYOND = 2
const found = await openReader()

interface Usage {
  readonly handles: number
  readonly hostHandles: number
  readonly hostKilobytes: number
  readonly heapKilobytes: number
}

describe.skipIf("missing" in found)("a desk, consult after consult", () => {
  test(
    "signs a thousand times, two hundred of them with the card pulled out at any command: no wrong package, no hang",
    { timeout: 3 * HOUR },
    async () => {
      const [world, chip] = await Promise.all([openChipWorld(), makeChip("arts", "Anna Duizend")])
      const reader = readerOf(found)
      await reader.insert(chip.image)
      const desk = await openChipDesk({ reader, world })
      const room: Room = { reader, world, desk, chip }
      await signInAgain(room)
      const commands = COMMANDS_BEYOND + (await commandsOfSignature(room))
      const outcomes: (ConsultOutcome & { readonly removed: boolean })[] = []
      let before: Usage | undefined
      for (let i = 0; i < SIGNATURES; i += 1) {
        const removed = i % REMOVED_EVERY === REMOVED_EVERY - 1
        outcomes.push({ removed, ...(removed ? await withRemoval(room, commands) : await consult(room)) })
        if (i === SIGNATURES / 10) before = await usage()
        if (i % 50 === 49) console.log(`${String(i + 1)}: ${summary(outcomes)}`)
      }
      const after = await usage()
      await desk.stop()
      const slowest = Math.max(...outcomes.map(({ signMilliseconds }) => signMilliseconds))
      const wrong = outcomes.filter(({ is, posted }) => !isRight(is, posted))
      writeSection("signatures", report(outcomes, slowest, before ?? after, after))
      console.log(JSON.stringify({ before, after, slowest, wrong }))
      expect(wrong).toEqual([])
      expect(outcomes.filter(({ removed, is }) => !removed && is !== "signed")).toEqual([])
      expect(slowest).toBeLessThan(5_000)
      expect(after.handles).toBeLessThanOrEqual((before?.handles ?? 0) + 12)
      expect(after.heapKilobytes).toBeLessThan((before?.heapKilobytes ?? 0) * 1.3)
    },
  )
})

/** What was signed was posted, once and right; what was not signed was not posted, or is right all the same. */
function isRight(is: string, posted: readonly string[]): boolean {
  return is === "signed" ? posted.join() === "right" : posted.every((package_) => package_ === "right")
}

/** How many commands the card gets from the PIN to the package. */
async function commandsOfSignature(room: Room): Promise<number> {
  await consult(room, async () => {
    await room.reader.log({ clear: true })
  })
  const log = await room.reader.log()
  // What comes after the last command with a key is another look at the card.
  return log.findLastIndex(({ command }) => command.startsWith("0087")) + 1
}

async function withRemoval(room: Room, commands: number): Promise<ConsultOutcome> {
  const { reader, chip } = room
  const index = 1 + Math.floor(Math.random() * commands)
  const outcome = await consult(room, () =>
    reader.setFaults([{ when: { index }, then: { is: "removal", afterMilliseconds: 5 } }]),
  )
  await reader.setFaults([])
  await reader.remove()
  await pause(450)
  await reader.insert(chip.image)
  await room.desk.until(({ consult: { is } }) => is === "signed-out", 5_000)
  await signInAgain(room)
  return outcome
}

async function usage(): Promise<Usage> {
  setFlagsFromString("--expose-gc")
  // Sound: that is what the flag puts there.
  const collect = runInNewContext("gc") as () => void
  // Twice: what the first frees may hold more.
  for (let i = 0; i < 2; i += 1) collect()
  const [host = 0] = (await entriesRunning("host-process")).slice(-1)
  const status = await readFile(`/proc/${String(host)}/status`, "utf8").catch(() => "")
  return {
    handles: await openHandles(process.pid),
    hostHandles: await openHandles(host).catch(() => 0),
    hostKilobytes: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0),
    heapKilobytes: Math.round(process.memoryUsage().heapUsed / 1024),
  }
}

function summary(outcomes: readonly { readonly removed: boolean; readonly is: string }[]): string {
  const counts = new Map<string, number>()
  for (const { removed, is } of outcomes) {
    const name = removed ? `removed, ${is}` : is
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => `${name}: ${String(count)}`).join("; ")
}

function report(
  outcomes: readonly (ConsultOutcome & { readonly removed: boolean })[],
  slowest: number,
  before: Usage,
  after: Usage,
): readonly string[] {
  const wrong = outcomes.filter(({ is, posted }) => !isRight(is, posted)).length
  const line = (name: string, key: keyof Usage): string =>
    `${name} ${String(before[key])} → ${String(after[key])}`
  return [
    `- ${String(outcomes.length)} signatures, ${String(outcomes.filter(({ removed }) => removed).length)} with the card pulled out at an arbitrary command; wrong packages posted: ${String(wrong)}`,
    `- outcomes: ${summary(outcomes)}`,
    `- the longest from PIN to answer: ${slowest.toFixed(0)} ms (asked: under 5,000)`,
    `- after a tenth of them → at the end: ${[
      line("handles of the desk's process", "handles"),
      line("of the card's process", "hostHandles"),
      line("its memory, KiB", "hostKilobytes"),
      line("the desk's heap, KiB", "heapKilobytes"),
    ].join("; ")}`,
  ]
}
