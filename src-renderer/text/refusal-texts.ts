import type { Heading } from "./texts.ts"

/** The exceptions of MedMij that a refused attempt can have, by their numbers. */
export const EXCEPTIONS = [
  "Authorization interface 1a",
  "Authorization interface 1b",
  "Authorization interface 2",
  "Authorization interface 3",
  "Authorization interface 4",
  "Authorization interface Vertegenwoordiging 1",
  "Authorization interface Vertegenwoordiging 2",
  "Authorization interface Vertegenwoordiging 3",
  "Authorization interface Vertegenwoordiging 4",
  "Authenticeren Vertegenwoordiging 1",
  "Technische storing",
] as const
export type ExceptionNumber = (typeof EXCEPTIONS)[number]

/** The words of the provider's side of representation. */
export interface RefusalTexts extends Heading {
  /** At the side. */
  readonly open: string
  readonly loading: string
  readonly empty: string
  count(count: number): string
  readonly exceptions: Readonly<Record<ExceptionNumber, string>>
  /** Of an exception that is none of the table's. */
  readonly otherException: string
  dossier(reference: string): string
  readonly noDossier: string
  readonly correct: string
  correctOf(reference: string): string
}

/** The words of a birth date's correction. */
export interface CorrectionTexts extends Heading {
  readonly dossier: string
  readonly dossierHint: string
  readonly birthDate: string
  readonly birthDateHint: string
  readonly day: string
  readonly month: string
  readonly year: string
  readonly next: string
  readonly back: string
  readonly wrongDossier: string
  readonly wrongDate: string
  readonly sure: Heading
  /** Behind a date that is known in part. */
  readonly dayUnknown: string
  readonly dayAndMonthUnknown: string
  readonly kept: string
  readonly yes: string
  done(reference: string, time: string): string
}
