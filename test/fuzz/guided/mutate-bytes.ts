import { concatBytes } from "../../../src-protocol/bytes.ts"
import type { Random } from "./random.ts"

/** What a mutation may take from elsewhere. */
export interface Material {
  /** Bytes that mean something to the readers: object identifiers, names of members, lines of headers. */
  readonly tokens: readonly Uint8Array[]
  /** Another input of the same target. */
  readonly other: () => Uint8Array
}

/** No input grows beyond this: a little more than the largest package there is. */
export const MAX_INPUT_BYTES = 20_000

const INTERESTING = [
  0x00, 0x01, 0x0a, 0x0d, 0x20, 0x2f, 0x30, 0x39, 0x3a, 0x3d, 0x7f, 0x80, 0x81, 0x82, 0xfe, 0xff,
]

type Mutation = (bytes: Uint8Array, random: Random, material: Material) => Uint8Array

const MUTATIONS: readonly Mutation[] = [
  (bytes, random) => changeByte(bytes, random, (byte) => byte ^ (1 << random.below(8))),
  (bytes, random) => changeByte(bytes, random, (byte) => byte + random.below(33) - 16),
  (bytes, random) => changeByte(bytes, random, (byte) => random.pick(INTERESTING) ?? byte),
  (bytes, random) => changeByte(bytes, random, () => random.next()),
  (bytes, random) => {
    const at = random.below(bytes.length)
    return replace(bytes, at, stretch(bytes, random, at), new Uint8Array(0))
  },
  (bytes, random) => {
    const from = random.below(bytes.length)
    const copied = bytes.subarray(from, from + stretch(bytes, random, from))
    return replace(bytes, random.below(bytes.length + 1), random.chance(50) ? copied.length : 0, copied)
  },
  (bytes, random) =>
    replace(bytes, random.below(bytes.length + 1), random.below(3), random.bytes(1 + random.below(8))),
  (bytes, random, { tokens }) => {
    const token = random.pick(tokens) ?? new Uint8Array(0)
    return replace(bytes, random.below(bytes.length + 1), random.chance(50) ? token.length : 0, token)
  },
  (bytes, random, { other }) => {
    const second = other()
    return concatBytes(
      bytes.subarray(0, random.below(bytes.length + 1)),
      second.subarray(random.below(second.length + 1)),
    )
  },
  (bytes, random, { other }) => {
    const second = other()
    const from = random.below(second.length)
    const copied = second.subarray(from, from + stretch(second, random, from))
    return replace(bytes, random.below(bytes.length + 1), random.chance(50) ? copied.length : 0, copied)
  },
  (bytes, random) => bytes.slice(0, random.below(bytes.length + 1)),
]

/** Bytes with one small change; it asks nothing about what they mean. */
export function mutateBytes(bytes: Uint8Array, random: Random, material: Material): Uint8Array {
  const mutation = random.pick(MUTATIONS)
  const mutated = mutation === undefined ? bytes : mutation(bytes, random, material)
  return mutated.length > MAX_INPUT_BYTES ? mutated.slice(0, MAX_INPUT_BYTES) : mutated
}

function changeByte(bytes: Uint8Array, random: Random, change: (byte: number) => number): Uint8Array {
  const at = random.below(bytes.length)
  const byte = bytes[at]
  return byte === undefined ? random.bytes(1) : bytes.with(at, change(byte))
}

/** Mostly short, sometimes anything that is left. */
function stretch(bytes: Uint8Array, random: Random, from: number): number {
  return 1 + random.below(random.chance(75) ? Math.min(16, bytes.length - from) : bytes.length - from)
}

function replace(bytes: Uint8Array, at: number, removed: number, inserted: Uint8Array): Uint8Array {
  return concatBytes(bytes.subarray(0, at), inserted, bytes.subarray(Math.min(bytes.length, at + removed)))
}
