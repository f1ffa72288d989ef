import fc from "fast-check"
import { codeOfNumber } from "../../src-protocol/code.ts"

/** Values of the protocol for property tests. */

export const anyCode = fc.integer({ min: 0, max: 10 ** 10 - 1 }).map(codeOfNumber)
export const anyHash = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString("hex"))
export const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 })
export const anyDay = fc.integer({ min: 0, max: 2 ** 32 - 1 })
