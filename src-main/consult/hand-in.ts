import type { SessionAnswer } from "../../src-protocol/api.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import type { Accepted, BackendClient } from "../backend/backend-client.ts"
import { BackendError } from "../backend/backend-error.ts"
import type { Outbox } from "../outbox/outbox.ts"
import { sendEntry, type OutboxReport, type Sender } from "../outbox/send-outbox.ts"
import type { SignedPackage } from "./desk.ts"
import type { Dialogue, StateOf } from "./dialogue.ts"

/** A session, as sending packages needs to know it. */
export function senderOf(
  client: Pick<BackendClient, "accept">,
  { clinician, sessionToken }: SessionAnswer,
): Sender {
  const { uziNumber, subscriberNumber } = clinician
  return {
    signer: { uziNumber, subscriberNumber },
    send: (entry) => client.accept(sessionToken, entry.reference, entry.authorisation),
  }
}

/** Tells the backend that a session is over. Never fails: what it does not hear of ends by itself. */
export async function endSessionAt(
  client: Pick<BackendClient, "signOut">,
  { sessionToken }: SessionAnswer,
): Promise<void> {
  try {
    await client.signOut(sessionToken)
  } catch (error) {
    if (!(error instanceof BackendError)) throw error
  }
}

/** A package that was signed, and the session that it was signed in: only in that one it is handed in. */
export interface ToHandIn {
  readonly signed: SignedPackage
  readonly session: SessionAnswer
}

/** Hands the package of the dialogue in, and tells the dialogue what came of it. */
export async function handIn(
  dialogue: Dialogue,
  outbox: Outbox,
  client: Pick<BackendClient, "accept">,
  { signed, session }: ToHandIn,
  writtenAt: Instant,
): Promise<Accepted> {
  const state = dialogue.expect("posting")
  let isInOutbox = false
  return await dialogue.effect(
    async () => {
      const report = await writeAndSend(outbox, state, signed, senderOf(client, session), writtenAt)
      isInOutbox = report.is === "kept"
      if (report.is !== "delivered") throw report.problem
      dialogue.dispatch({ is: "posted", state: report.accepted.state })
      return report.accepted
    },
    () => isInOutbox,
  )
}

/** Into the outbox first, and then on its way: what was signed is never lost, and never sent unwritten. */
async function writeAndSend(
  outbox: Outbox,
  { clinician, code }: StateOf<"posting">,
  { authorisation }: SignedPackage,
  sender: Sender,
  writtenAt: Instant,
): Promise<OutboxReport> {
  const { uziNumber, subscriberNumber } = clinician
  const signer = { uziNumber, subscriberNumber }
  const entry = await outbox.write({ reference: code.reference, signer, writtenAt, authorisation })
  return await sendEntry(outbox, entry, sender)
}
