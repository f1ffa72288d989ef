import { expect, type Page } from "@playwright/test"
import { join } from "node:path"
import { isPinTyped } from "../../src-main/app/content-protection.ts"
import type { DeskState } from "../../src-preload/desk-state.ts"
import { bytesForms, wideTextForms } from "../privacy/support/needles.ts"
import { canReadMemory, filesIn, found, memoryOf } from "../privacy/support/search.ts"
import { processesNaming } from "../stand-in/support/processes.ts"
import { applicationAround } from "./support/application-around.ts"
import { upToPin } from "./support/consult.ts"
import { gatedTest as test, type GatedDesk } from "./support/gated-test.ts"
import { DISTINCT_PIN, type GatedWorld } from "./support/gated-world.ts"
import { readMain } from "./support/main-text.ts"
import { registerOn } from "./support/patient.ts"
import { TRACING, tracedBy } from "./support/trace-main.ts"

const PIN = new Map([
  ["PIN", [...wideTextForms(DISTINCT_PIN), ...bytesForms(new TextEncoder().encode(DISTINCT_PIN))]],
])

/** A consult up to "sent", the PIN typed twice, key by key, as a person does. */
async function useThePin(world: GatedWorld, { window, desk }: GatedDesk): Promise<void> {
  const code = await registerOn(world.takePhone())
  await window.getByLabel(desk.texts.pin.label).focus()
  await window.keyboard.type(DISTINCT_PIN)
  await window.keyboard.press("Enter")
  await upToPin(desk, code)
  await window.getByLabel(desk.texts.pin.forSigning).focus()
  await window.keyboard.type(DISTINCT_PIN)
  await window.keyboard.press("Enter")
  await desk.expectTitle(desk.texts.following.title)
}

test("after its use the PIN is in no answer and no event of main, no file, no log, and nowhere in the page", async ({
  world,
  startDesk,
}) => {
  const app = await applicationAround(join(world.directory, `traced-${String(Date.now())}`), TRACING)
  const running = await startDesk({ app })
  const { application, window } = running
  const said: Buffer[] = []
  for (const stream of [application.process().stdout, application.process().stderr])
    stream?.on("data", (part: Buffer) => said.push(part))
  window.on("console", (message) => said.push(Buffer.from(message.text())))
  await useThePin(world, running)

  const traced = await tracedBy(application)
  expect(traced.filter(({ what }) => what.startsWith("answer desk:sign")).length).toBe(2)
  expect(
    found(
      PIN,
      traced.map(({ text }) => Buffer.from(text, "latin1")),
    ),
  ).toEqual([])
  expect(found(PIN, said)).toEqual([])
  expect(found(PIN, filesIn(running.userData))).toEqual([])
  const page = await window.evaluate(() => [
    document.documentElement.outerHTML,
    ...[...document.querySelectorAll("input")].map(({ value }) => value),
    JSON.stringify([localStorage, sessionStorage].map((storage) => Object.entries(storage))),
  ])
  expect(
    found(
      PIN,
      page.map((text) => Buffer.from(text)),
    ),
  ).toEqual([])
})

test("the window cannot be filmed in any state in which a PIN can be typed, from its first moment", async ({
  world,
  startDesk,
}) => {
  const app = await applicationAround(join(world.directory, `protected-${String(Date.now())}`), TRACING)
  const running = await startDesk({ app })
  await useThePin(world, running)
  await running.window.keyboard.press("Control+l")
  await running.desk.expectTitle(running.desk.texts.signIn.title)
  const traced = await tracedBy(running.application)
  expect(traced[0]).toEqual({ what: "protection", text: "true" })
  let isProtected = false
  const seen = new Map<boolean, Set<string>>([
    [true, new Set()],
    [false, new Set()],
  ])
  for (const { what, text } of traced) {
    if (what === "protection") isProtected = text === "true"
    if (!what.startsWith("event")) continue
    // Sound: the one event there is carries the state.
    const [state] = JSON.parse(text) as readonly [DeskState]
    seen.get(isProtected)?.add(state.consult.is)
    expect([state.consult.is, isProtected]).toEqual([state.consult.is, isPinTyped(state)])
  }
  expect([...(seen.get(true) ?? [])].sort()).toEqual(["entering-pin", "signed-out", "signing", "signing-in"])
  expect(seen.get(false)?.has("following")).toBe(true)
})

test("no crash report is ever sent, for the desk starts no reporter", async () => {
  expect(await readMain()).not.toMatch(/crashReporter|contentTracing|netLog/)
})

test("the page keeps no PIN: after a collection its heap has none, whatever lingers in freed memory", async ({
  world,
  startDesk,
}) => {
  const running = await startDesk()
  await useThePin(world, running)
  const heap = await heapOf(running.window)
  // The search must see what is there: the words that the window shows.
  expect(heap).toContain(running.desk.texts.following.title)
  expect(heap).not.toContain(DISTINCT_PIN)
  printWhatLingers(running)
})

/** Every text that the page still holds, after a collection. */
async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  const parts: string[] = []
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => parts.push(chunk))
  await session.send("HeapProfiler.collectGarbage")
  await session.send("HeapProfiler.takeHeapSnapshot")
  await session.detach()
  return parts.join("")
}

/** What no program in JavaScript can wipe: told, not promised (docs/privacy.md). */
function printWhatLingers({ application, userData }: GatedDesk): void {
  if (!canReadMemory()) return
  const main = application.process().pid ?? 0
  const places = [
    ["main", [main]],
    ["the page", processesNaming(userData, "--type=renderer")],
  ] as const
  for (const [name, pids] of places) {
    const isFound = pids.some((pid) => found(PIN, memoryOf(pid)).length > 0)
    console.log(`the PIN in what ${name} has written to memory since: ${isFound ? "found" : "not found"}`)
  }
}
