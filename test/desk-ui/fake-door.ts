import type { Page } from "@playwright/test"
import type { DeskState } from "../../src-preload/desk-state.ts"

/** A call that the window made through the door; a PIN is told by its length only. */
export interface MadeCall {
  readonly name: string
  readonly argument: unknown
}

interface FakeDoor {
  show(state: DeskState): void
  understand(answer: unknown): void
  /** What a call answers from now on. */
  answer(name: string, answer: unknown): void
  readonly calls: readonly MadeCall[]
}

/** A door that shows what a test hands it, and remembers what was asked of it. In place before the page runs. */
export async function installFakeDoor(page: Page, first: DeskState): Promise<void> {
  await page.addInitScript(putDoor, first)
}

/** Resolves when the state has been drawn. */
export async function showState(page: Page, state: DeskState): Promise<void> {
  await page.evaluate(async (next) => {
    // Put there by `putDoor`.
    const { fakeDoor } = window as unknown as { fakeDoor: FakeDoor }
    fakeDoor.show(next)
    for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
  }, state)
}

/** What the next text of the code field is understood to be. */
export async function understandAs(page: Page, answer: unknown): Promise<void> {
  await page.evaluate((next) => {
    // Put there by `putDoor`.
    const { fakeDoor } = window as unknown as { fakeDoor: FakeDoor }
    fakeDoor.understand(next)
  }, answer)
}

/** What a call answers from now on; others answer nothing. */
export async function answerCall(page: Page, name: string, answer: unknown): Promise<void> {
  await page.evaluate(
    ([called, next]) => {
      // Put there by `putDoor`.
      const { fakeDoor } = window as unknown as { fakeDoor: FakeDoor }
      fakeDoor.answer(String(called), next)
    },
    [name, answer],
  )
}

export async function madeCalls(page: Page): Promise<readonly MadeCall[]> {
  return page.evaluate(() => {
    // Put there by `putDoor`.
    const { fakeDoor } = window as unknown as { fakeDoor: FakeDoor }
    return fakeDoor.calls.filter(({ name }) => name !== "understand" && name !== "readState")
  })
}

/** Runs in the page. */
function putDoor(first: DeskState): void {
  let state = first
  let understood: unknown = { is: "nothing" }
  const listeners = new Set<(state: DeskState) => void>()
  const calls: MadeCall[] = []
  const told = (value: unknown): unknown => {
    if (value instanceof Uint8Array) return `${String(value.length)} bytes`
    if (typeof value !== "object" || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, told(inner)]))
  }
  const answers = new Map<string, unknown>()
  const answerTo = (name: string): unknown =>
    name === "readState" ? state : name === "understand" ? understood : answers.get(name)
  const callNamed = (name: string) => (argument: unknown) => {
    calls.push({ name, argument: told(argument) })
    return Promise.resolve({ ok: true, answer: answerTo(name) })
  }
  const desk = new Proxy(
    {},
    {
      get: (_, name) => {
        if (name !== "onState") return callNamed(String(name))
        return (listener: (state: DeskState) => void) => {
          listeners.add(listener)
          return () => listeners.delete(listener)
        }
      },
    },
  )
  const fakeDoor: FakeDoor = {
    calls,
    show: (next) => {
      state = next
      for (const listener of listeners) listener(next)
    },
    understand: (answer) => {
      understood = answer
    },
    answer: (name, answer) => void answers.set(name, answer),
  }
  Object.assign(window, { desk, fakeDoor })
}
