import { MINUTE, SECOND, type Instant } from "../../src-protocol/instant.ts"
import { REFUSAL_REASONS, type RefusalReason } from "../../src-protocol/reasons.ts"
import type { DeskLanguage, ProblemView } from "../../src-preload/desk-state.ts"
import type { DeskProblem } from "../desk-problem.ts"
import { textOf, textOfReason } from "../text/problem-words.ts"

/** A problem as the window shows it; `detail` stays behind, for it is the developer's. */
export function showProblem(problem: DeskProblem, language: DeskLanguage, at: Instant): ProblemView {
  const { code, reason, retriable, triesLeft, retryAfterSeconds } = problem
  return {
    code,
    ...textOf(problem, language),
    retriable,
    ...(reason === undefined ? {} : { reason }),
    ...(triesLeft === undefined ? {} : { triesLeft }),
    ...(retryAfterSeconds === undefined ? {} : { retryAt: at + retryAfterSeconds * SECOND }),
  }
}

/** What phone or backend refused a package for. */
export function showRefusal(reason: RefusalReason, language: DeskLanguage): ProblemView {
  return { code: "refused", reason, ...textOfReason(reason, language), retriable: false }
}

/** What a clinician may hand to a help desk: nothing in it is of a person, a card or a patient. */
export interface ReportFacts {
  readonly problem: string
  readonly version: string
  readonly environment: string
  /** Name and version of the operating system. */
  readonly system: string
  readonly line: readonly {
    readonly name: string
    readonly status: string
    readonly problem?: { readonly code: string }
  }[]
  /** Who made the card software, or "none". */
  readonly module: string
  readonly at: Instant
}

/** The report as text. English, for whoever reads it reads code. */
export function reportOf({ problem, version, environment, system, line, module, at }: ReportFacts): string {
  const links = line.map(
    ({ name, status, problem: found }) =>
      `  ${name}: ${status}${found === undefined ? "" : ` (${found.code})`}`,
  )
  return [
    `Vrijgave ${version}, ${environment}`,
    `System: ${system}`,
    // To the minute: a time to the second could be laid beside a patient's.
    `Time: ${new Date(Math.floor(at / MINUTE) * MINUTE).toISOString()}`,
    `Problem: ${isKnownWord(problem) ? problem : "unknown"}`,
    `Card software: ${module}`,
    "Links:",
    ...links,
  ].join("\n")
}

/** The window names the problem: only what can be a code is passed on, never a text that it made up. */
function isKnownWord(text: string): boolean {
  const reasons: readonly string[] = REFUSAL_REASONS
  return /^[A-Z_]{3,40}$/.test(text) || /^[a-z-]{3,40}$/.test(text) || reasons.includes(text)
}
