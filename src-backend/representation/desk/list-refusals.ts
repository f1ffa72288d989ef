import type { RepresentationRefusals } from "../../../src-protocol/representation-api.ts"
import { printInstant } from "../../../src-protocol/instant.ts"
import type { Backend } from "../../backend.ts"
import type { Answer, Call } from "../../http/serve-route.ts"
import { sessionOf } from "../../sessions/session.ts"
import { providerOf } from "./provider-of.ts"

const MOST = 200

/**
 * Which attempts were refused at the provider whose pass the clinician carries: exception, time and the provider's own
 * dossier reference. Another provider's are never among them.
 */
export async function listRefusals(backend: Backend, call: Call<undefined>): Promise<Answer> {
  const { subscriberNumber } = await sessionOf(backend, call)
  const { store } = providerOf(backend, subscriberNumber)
  const found = await store.transaction(({ refusals }) => refusals.list(subscriberNumber, MOST))
  const body: RepresentationRefusals = {
    refusals: found.map(({ exception, refusedAt, reference }) => ({
      ...{ exception, refusedAt: printInstant(refusedAt) },
      ...(reference === undefined ? {} : { dossier: reference }),
    })),
  }
  return { status: 200, body }
}
