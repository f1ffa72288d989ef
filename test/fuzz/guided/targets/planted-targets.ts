import { readForEver, readSlowly, readToy } from "../../planted/toy-reader.ts"
import type { Target } from "../target.ts"

/** Readers with faults on purpose: what the fuzzer must find, and chance must not. */
export const PLANTED: readonly Target[] = [
  planted("planted-throw", (input) => readToy(input)),
  planted("planted-slow", (input) => readSlowly(input)),
  planted("planted-endless", (input) => readForEver(input)),
]

function planted(name: string, read: Target["read"]): Target {
  return { name, shape: "bytes", seeds: [new Uint8Array(8)], vocabulary: [], read, refuses: () => false }
}
