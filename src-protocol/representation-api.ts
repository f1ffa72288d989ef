import { z } from "zod"
import type { Route } from "./api.ts"

/** The part of the HTTP interface that is for the clinicians of a provider at which people are represented. */

const Time = z.iso.datetime({ precision: 3 })

/** The provider's own reference of a dossier. */
export const DossierReference = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, "1 to 40 letters, digits, . _ -")
/** Representation attempts that were refused, the latest first: nothing that says who, beyond the provider's own reference. */
export const RepresentationRefusals = z.strictObject({
  refusals: z.array(
    z.strictObject({
      /** The number of the exception in the tables of MedMij. */
      exception: z.string(),
      refusedAt: Time,
      dossier: DossierReference.optional(),
    }),
  ),
})
export const BirthDateCorrection = z.strictObject({
  /** JJJJMMDD; 00 for a month and day, or a day, that nobody knows. */
  birthDate: z.string().regex(/^[0-9]{8}$/, "a birth date as JJJJMMDD"),
})
export const BirthDateCorrected = z.strictObject({ correctedAt: Time })

export type RepresentationRefusals = z.infer<typeof RepresentationRefusals>
export type BirthDateCorrection = z.infer<typeof BirthDateCorrection>
export type BirthDateCorrected = z.infer<typeof BirthDateCorrected>
/** The calls, in the manner of `ROUTES`, of which they are a part. */
export const REPRESENTATION_ROUTES = {
  representationRefusals: {
    method: "GET",
    path: "/v1/representation/refusals",
    caller: "desk-session",
    summary:
      "A clinician sees which attempts at representation were refused at the clinician's own provider.",
    answers: { 200: RepresentationRefusals },
    problems: ["not-signed-in", "not-found"],
  },
  correctBirthDate: {
    method: "PUT",
    path: "/v1/representation/dossiers/:dossier/birth-date",
    caller: "desk-session",
    summary: "A clinician corrects the birth date in a dossier of the clinician's own provider.",
    request: BirthDateCorrection,
    answers: { 200: BirthDateCorrected },
    problems: ["malformed-request", "payload-too-large", "not-signed-in", "not-found"],
  },
} as const satisfies Readonly<Record<string, Route>>
