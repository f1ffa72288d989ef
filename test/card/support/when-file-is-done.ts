import { afterAll } from "vitest"

const cleanUps: (() => unknown)[] = []

// At the top of the module: a hook that is registered within another hook never runs.
afterAll(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp()
})

/** Runs `cleanUp` when the test file is done, the last one given first; it may be called anywhere. */
export function whenFileIsDone(cleanUp: () => unknown): void {
  cleanUps.push(cleanUp)
}
