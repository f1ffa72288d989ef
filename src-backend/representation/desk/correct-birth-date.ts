import type { BirthDateCorrection } from "../../../src-protocol/representation-api.ts"
import { printInstant } from "../../../src-protocol/instant.ts"
import type { Backend } from "../../backend.ts"
import { ProblemError } from "../../http/problem-error.ts"
import type { Answer, Call } from "../../http/serve-route.ts"
import { sessionOf } from "../../sessions/session.ts"
import { dutchDay, parseBirthDate } from "../birth-date.ts"
import { providerOf } from "./provider-of.ts"

/**
 * Corrects a birth date in a dossier of the clinician's own provider. Who and when is kept and logged, the dates are not;
 * unknown dossiers and those of others are `not-found` alike.
 */
export async function correctBirthDate(backend: Backend, call: Call<BirthDateCorrection>): Promise<Answer> {
  const { uziNumber, subscriberNumber } = await sessionOf(backend, call)
  const { store } = providerOf(backend, subscriberNumber)
  const now = backend.clock()
  const birthDate = parseBirthDate(call.body.birthDate, dutchDay(now))
  if (birthDate === undefined)
    throw new ProblemError("malformed-request", { detail: "not a birth date as JJJJMMDD" })
  const correction = {
    reference: call.parameters["dossier"] ?? "",
    correctedAt: now,
    correctedBy: `${uziNumber}@${subscriberNumber}`,
  }
  const isCorrected = await store.transaction(({ dossiers }) =>
    dossiers.correct(subscriberNumber, birthDate, correction),
  )
  if (!isCorrected) throw new ProblemError("not-found")
  // The date of before is still in the pages of the write-ahead log.
  await store.forgetDeleted()
  backend.log({ is: "birth-date-corrected", uziNumber, subscriberNumber })
  return { status: 200, body: { correctedAt: printInstant(now) } }
}
