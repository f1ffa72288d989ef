import type { FindAnswer } from "../../src-protocol/api.ts"
import { printInstant } from "../../src-protocol/instant.ts"
import type { Backend } from "../backend.ts"
import { ProblemError } from "../http/problem-error.ts"
import type { Answer, Call } from "../http/serve-route.ts"
import { inSession } from "../sessions/session.ts"
import type { Session } from "../store/records/sessions.ts"
import type { Records } from "../store/store.ts"
import { currentDisclosure } from "./current-disclosure.ts"
import { isSameSigner, type LiveDisclosure } from "./disclosure.ts"
import { lookedUp } from "./life.ts"

/**
 * A clinician finds the hash that was registered under six digits, and with that gets time to sign. Unknown, ended and
 * others' disclosures look the same. Each look-up is counted and logged, without saying what was looked up.
 */
export async function findDisclosure(backend: Backend, call: Call<undefined>): Promise<Answer> {
  const reference = call.parameters["reference"] ?? ""
  const { session, found } = await inSession(backend, call, async (records, session) => {
    backend.clinicianBudgets.lookUp(session)
    return { session, found: await lookUp(backend, records, reference, session) }
  })
  const { uziNumber, subscriberNumber } = session
  backend.log({ is: "look-up", uziNumber, subscriberNumber, found: found !== undefined })
  if (found === undefined) throw new ProblemError("not-found")
  return { status: 200, body: answerOf(found) }
}

async function lookUp(
  { clock, config: { settings } }: Backend,
  records: Records,
  reference: string,
  session: Session,
): Promise<LiveDisclosure | undefined> {
  const now = clock()
  const found = await currentDisclosure(records, reference, now, settings)
  if (found?.life !== "live" || !mayBeSeenBy(found, session)) return undefined
  const extended = lookedUp(found, now, settings)
  if (extended.expiresAt !== found.expiresAt) await records.disclosures.save(extended)
  return extended
}

/** From `authorised` on, its signer's alone. */
function mayBeSeenBy(disclosure: LiveDisclosure, session: Session): boolean {
  return disclosure.authorisation === undefined || isSameSigner(disclosure.authorisation.signer, session)
}

function answerOf(found: LiveDisclosure): FindAnswer {
  return {
    hash: found.hash,
    registeredAt: printInstant(found.registeredAt),
    expiresAt: printInstant(found.expiresAt),
    state: found.state,
    represented: found.represented,
  }
}
