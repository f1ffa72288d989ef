import { expect } from "vitest"
import type { Page } from "./browser.ts"
import { codeOf } from "./flow.ts"
import type { World } from "./world.ts"

/** What the client is told, by name. */
export function toldTo({ away }: Page): Readonly<Record<string, string>> {
  return Object.fromEntries(away?.searchParams ?? [])
}

/** 1b: sent back to the client at once, before any page. */
export function expectSentBack(page: Page, error: string, state: string | undefined = "af0ifjsldkj"): void {
  expect(page.status).toBe(303)
  expect(page.trail).toHaveLength(1)
  expect(codeOf(page)).toBeUndefined()
  expect(toldTo(page)["error"]).toBe(error)
  expect(toldTo(page)["state"]).toBe(state)
}

/** Exceptions 2, 3, 4 and Vert 1, 2, 4: the person saw a page first, and the client hears one and the same. */
export function expectRefused(page: Page, world: World): void {
  expect(page.trail.length).toBeGreaterThan(1)
  expect(toldTo(page)).toEqual({
    van: "dva",
    error: "access_denied",
    error_description: "the request was not granted",
    state: "af0ifjsldkj",
    iss: world.issuer,
  })
}

/** 1a: a page, no redirect, and no way back to an address that a stranger gave. */
export function expectErrorPage(page: Page): void {
  expect(page.status).toBe(400)
  expect(page.away).toBeUndefined()
  expect(page.html).not.toMatch(/<a |<form|medmij\.deenigeechtepgo/)
}

/** The number of the exception that the server logged last. */
export function lastOutcome({ log }: World): string | undefined {
  const lines = log.filter((line) => line.is === "representation")
  return lines.at(-1)?.outcome
}
