import { PASSING_REASONS } from "../../src-protocol/reasons.ts"
import type { Accepted } from "../backend/backend-client.ts"
import { BackendError } from "../backend/backend-error.ts"
import { OutboxError } from "./outbox-error.ts"
import { isSameSigner, type Outbox, type OutboxEntry, type OutboxSigner } from "./outbox.ts"

/** What became of one package, for the clinician: no entry leaves the outbox without one. */
export type OutboxReport =
  | { readonly is: "delivered"; readonly entry: OutboxEntry; readonly accepted: Accepted }
  | { readonly is: "dropped"; readonly entry: OutboxEntry; readonly problem: BackendError }
  | { readonly is: "kept"; readonly entry: OutboxEntry; readonly problem: BackendError }

/** A session, as far as sending needs to know it. */
export interface Sender {
  readonly signer: OutboxSigner
  /** Hands one package in; throws BackendError. */
  send(entry: OutboxEntry): Promise<Accepted>
}

/**
 * Sends one entry, in its signer's session only (throws RangeError in another's), and takes it out where the backend's
 * answer is its last word on it.
 */
export async function sendEntry(outbox: Outbox, entry: OutboxEntry, sender: Sender): Promise<OutboxReport> {
  if (!isSameSigner(entry.signer, sender.signer))
    throw new RangeError("a package goes in its signer's session only")
  try {
    const accepted = await sender.send(entry)
    await takeOut(outbox, entry)
    return { is: "delivered", entry, accepted }
  } catch (problem) {
    if (!(problem instanceof BackendError)) throw problem
    if (!isLastWord(problem)) return { is: "kept", entry, problem }
    await takeOut(outbox, entry)
    return { is: "dropped", entry, problem }
  }
}

/** A disk that does not let an entry go changes nothing of the answer: it is sent once more at the next sign-in. */
async function takeOut(outbox: Outbox, entry: OutboxEntry): Promise<void> {
  try {
    await outbox.remove(entry.id)
  } catch (error) {
    if (!(error instanceof OutboxError)) throw error
  }
}

/** Sends everything of this signer that lies in the outbox, oldest first. Others' entries are not touched. */
export async function sendOutbox(outbox: Outbox, sender: Sender): Promise<readonly OutboxReport[]> {
  const reports: OutboxReport[] = []
  for (const entry of await outbox.entriesOf(sender.signer))
    reports.push(await sendEntry(outbox, entry, sender))
  return reports
}

/**
 * Whether the backend will never take the package: 409 (another's was first), 410 (over), or a 422 whose reason time
 * cannot cure. Only in its own words: a status that something on the way made up has no problem type of ours, and the
 * code is then another one. A 404 is no last word either: to look like it is its very purpose.
 */
function isLastWord({ code, reason }: BackendError): boolean {
  if (code === "already-authorised" || code === "gone") return true
  return code === "refused" && reason !== undefined && !PASSING_REASONS.has(reason)
}
