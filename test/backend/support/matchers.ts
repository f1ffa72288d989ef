import { expect } from "vitest"

/** Vitest types its matchers as `any`; here they are `unknown`, which is all that a comparison needs. */
export function anyNumber(): unknown {
  return expect.any(Number)
}

export function textLike(pattern: RegExp): unknown {
  return expect.stringMatching(pattern)
}
