import fc from "fast-check"
import { test } from "vitest"
import { ProtocolError } from "../../src-protocol/errors.ts"
import { secondsOf, UNGUIDED_SHARE } from "./fuzz-seconds.ts"

/** How long each file without a guide tries, all its tests together. */
const BUDGET_MILLISECONDS = 1_000 * secondsOf(UNGUIDED_SHARE)
const TIME_TO_SHRINK = 60_000

/** Tries a property for its share of the time, one of `shares` equal parts; the seed of a failure is in its message. */
export function fuzz<Value>(
  name: string,
  shares: number,
  values: fc.Arbitrary<Value>,
  holds: (value: Value) => Promise<void> | void,
): void {
  const milliseconds = BUDGET_MILLISECONDS / shares
  const property = fc.asyncProperty(values, async (value) => {
    await holds(value)
  })
  test(name, { timeout: milliseconds + TIME_TO_SHRINK }, async () => {
    await fc.assert(property, { numRuns: 1_000_000_000, interruptAfterTimeLimit: milliseconds })
  })
}

/** `fuzz` with good bytes that are injured before every try. */
export function fuzzInjured(
  name: string,
  shares: number,
  good: Uint8Array,
  holds: (bytes: Uint8Array) => Promise<void> | void,
): void {
  fuzz(name, shares, injuries(good), (all) => holds(injured(good, all)))
}

/** Lets a reader say that its input is not good, in our words; whatever else it throws is a fault of the reader. */
export async function mayRefuse(read: () => unknown): Promise<void> {
  try {
    await read()
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
  }
}

/** One small injury: some bytes at `at` give way to others. */
interface Injury {
  readonly at: number
  readonly removed: number
  readonly inserted: readonly number[]
}

/** One to four injuries to good bytes, which may cancel each other out. What a failing test shows is these. */
function injuries(good: Uint8Array): fc.Arbitrary<readonly Injury[]> {
  const byte = fc.nat({ max: 255 })
  const injury = fc.record({
    at: fc.nat({ max: good.length }),
    removed: fc.oneof(fc.constant(1), fc.nat({ max: 8 }), fc.nat({ max: good.length })),
    inserted: fc.oneof(fc.array(byte, { minLength: 1, maxLength: 1 }), fc.array(byte, { maxLength: 8 })),
  })
  return fc.array(injury, { minLength: 1, maxLength: 4 })
}

/** The bytes with the injuries, one after the other. */
function injured(good: Uint8Array, all: readonly Injury[]): Uint8Array {
  return all.reduce(
    (bytes, { at, removed, inserted }) =>
      Uint8Array.from([...bytes.subarray(0, at), ...inserted, ...bytes.subarray(at + removed)]),
    good,
  )
}
