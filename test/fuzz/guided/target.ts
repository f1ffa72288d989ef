import type { Shape } from "./mutate.ts"

/** A reader under test: what it gets, and what it may answer. */
export interface Target {
  readonly name: string
  readonly shape: Shape
  /** Good inputs, and whatever else is worth to begin with. */
  readonly seeds: readonly Uint8Array[]
  /** The texts in modules with this in their path are put into inputs. */
  readonly vocabulary: readonly string[]
  /** Reads; whatever it throws is a fault unless `refuses` says that it is an answer. */
  readonly read: (input: Uint8Array) => unknown
  readonly refuses: (error: unknown) => boolean
  /** Takes away what the target made outside of memory. */
  readonly close?: () => Promise<void>
}

/** An input that a reader must not fail on, and how it does. */
export interface Finding {
  readonly target: string
  readonly fault: "threw" | "hung"
  /** One a place of the code. */
  readonly what: string
  readonly base64: string
}
