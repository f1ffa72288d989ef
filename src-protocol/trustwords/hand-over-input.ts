import type { Code } from "../code.ts"

/** What a field understands of the code that a person types, pastes or scans into it, at each keystroke. */
export type HandOverInput =
  /** Empty, or nothing but separators. */
  | { readonly is: "nothing" }
  /** One to nine digits so far; `shown` groups them as the phone does. */
  | {
      readonly is: "digits"
      readonly digits: string
      readonly shown: string
      readonly missing: number
    }
  | {
      readonly is: "words"
      readonly words: readonly WordSoFar[]
      /** BCP 47 of the lists that still fit, the likeliest first. */
      readonly languages: readonly string[]
      /** At most six, of the last word, those of the first language first. */
      readonly completions: readonly Completion[]
      readonly missing: number
    }
  | {
      readonly is: "code"
      readonly code: Code
      readonly way: "digits" | "words" | "scan"
      /** "407192-8356", or the four whole words. */
      readonly shown: string
      /** Of the words, for the read-back: BCP 47. */
      readonly language?: string
    }
  | {
      readonly is: "problem"
      readonly problem: HandOverProblem
      /** Empty where digits are the problem. */
      readonly words: readonly WordSoFar[]
      /** At most eight, the likeliest first. Each is a question for the patient and is never taken by itself. */
      readonly offers: readonly HandOverOffer[]
    }

export type WordSoFar =
  | { readonly is: "known"; readonly typed: string; readonly word: string; readonly language: string }
  /** Only the last one: the completions say of what. */
  | { readonly is: "beginning"; readonly typed: string }
  | { readonly is: "unknown"; readonly typed: string; readonly nearest: readonly string[] }

export interface Completion {
  readonly word: string
  readonly language: string
  /** What the field holds when it is taken. */
  readonly text: string
}

export interface HandOverOffer {
  /** What the field holds when it is taken. */
  readonly text: string
  /** What stands on the button. */
  readonly shown: string
  readonly why: "order" | "sound" | "spelling" | "language" | "choice" | "found-in-text"
  /** The word (1 to 4) or the digit (1 to 10) that changes, as people count. */
  readonly position?: number
  readonly typed?: string
  readonly instead?: string
  readonly language?: string
}

export type HandOverProblem =
  | { readonly is: "too-many-digits"; readonly found: number }
  /** "123456a7890": a slip of the finger, or an O for a 0. */
  | { readonly is: "letter-between-digits" }
  /** "vier twee of drie zeven": one digit was heard in two ways. */
  | { readonly is: "digit-in-doubt"; readonly position: number; readonly choices: readonly string[] }
  /** Two different codes of ten digits in one text. */
  | { readonly is: "several-codes" }
  | { readonly is: "too-many-words"; readonly found: number }
  /** Positions count from one. */
  | { readonly is: "unknown-words"; readonly positions: readonly number[]; readonly language: string }
  /** Each word exists, but not all in one language. */
  | { readonly is: "mixed-languages"; readonly languages: readonly string[] }
  /** The words are right in two languages, as different codes. */
  | { readonly is: "two-languages"; readonly languages: readonly string[] }
  | { readonly is: "wrong-order" }
  /** All words exist, and one of them is wrong. */
  | { readonly is: "check-failed" }
  /** The text holds ten digits and four words that are different codes. */
  | { readonly is: "words-and-digits" }
