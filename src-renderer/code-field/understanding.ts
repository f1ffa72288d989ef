import type {
  Completion,
  HandOverInput,
  HandOverProblem,
  Offer,
  WordSoFar,
} from "../../src-preload/desk-state.ts"

export type { Completion, HandOverInput, HandOverProblem, Offer, WordSoFar }
export type HandOverProblemName = HandOverProblem["is"]
