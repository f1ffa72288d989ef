import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { startPrivateReaderIfPossible } from "../../native/virtual-card/private-reader.ts"
import { whenFileIsDone } from "../card/support/when-file-is-done.ts"
import { vrijgave, type Ran } from "../support/scripted-terminal.ts"
import { testBackend } from "../support/test-backend.ts"
import { registered } from "../support/test-card.ts"
import { testPki } from "../support/test-pki.ts"

const possible = await startPrivateReaderIfPossible()
if ("missing" in possible) console.log(`skipped: ${possible.missing}`)
else await possible.reader.stop()

const home = await mkdtemp(join(tmpdir(), "vrijgave-cli-reader-"))
whenFileIsDone(() => rm(home, { recursive: true, force: true }))
const directory = join(home, "reader")
const cards = join(home, "cards")
const stopping = new AbortController()
let readerEnded: Promise<Ran> | undefined

/** A command of the group `card`, on that reader. */
function card(...line: readonly string[]): Promise<Ran> {
  return vrijgave(["card", ...line, "--reader", directory])
}

async function insert(...line: readonly string[]): Promise<Ran> {
  const pki = await testPki()
  return await card("insert", "--pki", pki.directory, "--cards", cards, "--pin", "246810", ...line)
}

beforeAll(async () => {
  if ("missing" in possible) return
  await new Promise<void>((resolve) => {
    const onLine = (line: string) => {
      if (line.includes("The reader runs")) resolve()
    }
    readerEnded = vrijgave(["reader", "--dir", directory], { stopping: stopping.signal, onLine })
  })
})

afterAll(async () => {
  stopping.abort()
  await readerEnded
})

describe.skipIf("missing" in possible)("a tester's commands for the virtual reader", () => {
  test("insert makes a card, says its PIN and what to expect; status shows it", async () => {
    const inserted = await insert("--profile", "arts-p256", "--name", "Zoë Terminal")
    expect(inserted).toMatchObject({ exitCode: 0, told: "" })
    expect(inserted.printed).toContain("The card of Zoë Terminal is in slot 0")
    expect(inserted.printed).toContain("Test PIN 246810")
    expect(inserted.printed).toContain("Wat te verwachten")
    const { printed } = await card("status")
    expect(printed).toMatch(
      /^Slot 0: Zoë Terminal; PIN not verified, 3 tries left, PUK 3; \d+ commands\nSlot 1: empty$/,
    )
    await card("remove")
  })

  test("the same profile and name are the same card, in a file that is the owner's alone", async () => {
    const numbers = []
    for (let i = 0; i < 2; i += 1) {
      const { printed } = await insert("--profile", "arts-p256", "--name", "Zoë Terminal", "--json")
      const json: unknown = JSON.parse(printed)
      numbers.push(json)
      await card("remove")
    }
    expect(numbers[1]).toEqual(numbers[0])
    const [file = ""] = (await readdir(cards)).filter((name) => name.endsWith(".card.json"))
    expect((await stat(join(cards, file))).mode & 0o777).toBe(0o600)
    expect(await readFile(join(cards, file), "utf8")).toContain("TEST ONLY")
  })

  test("doctor finds the card with --reader", async () => {
    await insert("--profile", "arts-p256", "--name", "Zoë Terminal")
    const { printed } = await vrijgave(["doctor", "--reader", directory])
    expect(printed).toContain("Zoë Terminal")
    await card("remove")
  })

  test("sign --reader: the whole clinician's side with the chip, and the phone has its package", async () => {
    const pki = await testPki()
    const stage = { pki, backend: await testBackend(pki), directory: home }
    await insert("--profile", "arts", "--name", "Zoë Tekent")
    const { digits } = await registered(stage, "phone.json")
    const outbox = join(home, "outbox")
    const place = ["--reader", directory, "--outbox", outbox, "--token", "Zoë Tekent"]
    const where = ["--backend", stage.backend.origin, ...place]
    const said = ["--consent", "--read-back-confirmed", "--follow", "0", "--pin-env", "CARD_PIN"]
    const line = ["sign", ...where, "--trust", join(pki.directory, "trust.json"), "--code", digits, ...said]
    const ran = await vrijgave(line, { environment: { CARD_PIN: "246810" } })
    expect(ran.told).not.toContain("246810")
    expect(ran).toMatchObject({ exitCode: 0 })
    expect((await card("status")).printed).toContain("Zoë Tekent; PIN not verified, 3 tries left")
    await card("remove")
  })

  test("a fault waits, and is taken back", async () => {
    expect(await card("fault", "removal", "--signing", "--milliseconds", "50")).toMatchObject({ exitCode: 0 })
    expect((await card("status")).printed).toContain("Slot 0: empty; a fault waits")
    expect((await card("fault", "none")).printed).toBe("Nothing will go wrong.")
    expect((await card("status")).printed).not.toContain("a fault waits")
  })

  test("a fault strikes: the card is pulled out at the next command", async () => {
    await insert("--profile", "arts-p256", "--name", "Zoë Terminal")
    await card("fault", "removal")
    await vrijgave(["doctor", "--reader", directory])
    for (let i = 0; i < 100 && !(await card("status")).printed.startsWith("Slot 0: empty"); i += 1)
      await pause(20)
    expect((await card("status")).printed).toBe("Slot 0: empty\nSlot 1: empty")
  })

  test("the service stops and starts; a card that is in stays in", async () => {
    await insert("--profile", "arts-p256", "--name", "Zoë Terminal", "--slot", "1")
    expect((await card("service", "stop")).printed).toBe("The card service is away.")
    expect((await card("status")).printed).toContain("the card service has not seen it")
    expect((await card("service", "start")).printed).toBe("The card service runs.")
    expect(await card("remove", "--slot", "1")).toMatchObject({ exitCode: 0 })
  })

  test.each([
    ["an empty slot", ["remove"], 1, "There is no card in slot 0"],
    ["a slot that there is not", ["remove", "--slot", "2"], 2, "a reader has the slots 0 and 1"],
    ["a fault that there is not", ["fault", "earthquake"], 2, "a fault is one of: none, removal"],
    ["command number 0", ["fault", "silence", "--at", "0"], 2, "commands are counted from 1"],
    ["an action that there is not", ["service", "hug"], 2, "say one of: start, stop, kill, restart"],
  ])("%s is told: %j", async (_, line, exitCode, words) => {
    const ran = await card(...line)
    expect(ran.exitCode).toBe(exitCode)
    expect(ran.told).toContain(words)
  })

  test.each([
    ["an unknown profile", ["--profile", "chirurg"], "Choose one of: arts, huisarts"],
    ["letters for a PIN", ["--profile", "arts-p256", "--name", "B", "--pin", "geheim"], "6 to 8 digits"],
  ])("insert refuses %s, and the slot stays empty", async (_, line, words) => {
    const ran = await insert(...line)
    expect(ran.exitCode).toBe(2)
    expect(ran.told).toContain(words)
    expect((await card("status")).printed).toContain("Slot 0: empty")
  })

  test("a second reader in the same place is refused, and the first one goes on", async () => {
    const second = await vrijgave(["reader", "--dir", directory])
    expect(second.exitCode).toBe(1)
    expect(second.told).toContain("a reader runs already")
    expect(await card("status")).toMatchObject({ exitCode: 0 })
  })

  test("a directory of somebody's own is never taken for a reader's", async () => {
    const ran = await vrijgave(["reader", "--dir", home])
    expect(ran.exitCode).toBe(1)
    expect(await readdir(home)).toContain("cards")
  })
})

test("without a reader each command says how to start one", async () => {
  const nowhere = join(home, "nowhere")
  for (const line of [["remove"], ["status"], ["fault", "none"], ["service", "stop"]]) {
    const { exitCode, told } = await vrijgave(["card", ...line, "--reader", nowhere])
    expect(exitCode).toBe(1)
    expect(told).toContain("Start one, in another terminal: vrijgave reader")
  }
})

test("a directory that others can enter is not spoken to", async () => {
  const { exitCode, told } = await vrijgave(["card", "status", "--reader", tmpdir()])
  expect(exitCode).toBe(1)
  expect(told).toContain("not a directory of yours alone")
})

test("a reader cannot live below /run, which it has one of its own of", async () => {
  if (process.platform !== "linux" || "missing" in possible) return
  const { exitCode, told } = await vrijgave(["reader", "--dir", "/run/vrijgave-reader"])
  expect(exitCode).toBe(1)
  expect(told).toContain("choose another place")
})
