import { hexOf } from "../../../src-protocol/bytes.ts"
import type { Authenticated } from "../authentication/authentication-service.ts"
import { dutchDay } from "../birth-date.ts"
import { decide, type Decision } from "../decide.ts"
import type { Dossier } from "../dossier-register.ts"
import { exceptionOf, type ExceptionId } from "../exceptions.ts"
import type { Representation } from "../representation.ts"
import type { RepresentationRecords } from "../store/representation-store.ts"
import type { Transaction } from "../transactions.ts"

const ID_BYTES = 16
const LAST_COMPARISON = "last-comparison"

/**
 * Compares one transaction with what the provider knows, and writes down what was refused. Counting, comparing and writing
 * are one step of the store: of attempts at the same time none is made before the others are counted.
 */
export async function judgeAttempt(
  server: Representation,
  transaction: Transaction,
  authenticated: Authenticated,
): Promise<Decision> {
  const { request, birthDate } = transaction
  const subject = authenticated.represented ?? authenticated.acting
  const dossier = await findInTime(server, request.provider.subscriberNumber, subject)
  const tag = await server.crypto.hmacSha256(server.tagKey, new TextEncoder().encode(authenticated.acting))
  const { mismatchesPerRepresentative, mismatchWindowMilliseconds } = server.config.settings
  const now = server.clock()
  const since = now - mismatchWindowMilliseconds
  const judged = await server.store.transaction(async (records) => {
    const before = await records.mismatches.countOf(tag, since)
    const isLocked = before >= mismatchesPerRepresentative
    const decision = decide({ request, birthDate, authenticated, dossier, isLocked, today: dutchDay(now) })
    const isMismatch = decision.is === "refused" && decision.exception === "birth-date-differs"
    if (isMismatch) await records.mismatches.add(tag, now)
    if (decision.is === "refused") await addRefusal(server, records, transaction, decision.exception, dossier)
    // What was right is written to the disk like the rest, though it says nothing: so that it takes as long.
    else await records.settings.save(LAST_COMPARISON, server.crypto.randomBytes(ID_BYTES))
    return { decision, own: before + 1, all: await records.mismatches.count(since), isMismatch }
  })
  if (judged.isMismatch) warnOfMismatches(server, judged.own, judged.all)
  return judged.decision
}

/** Throws where the provider's system does not answer in time: then nobody is granted anything. */
async function findInTime(
  { register, config }: Representation,
  subscriberNumber: string,
  subject: string,
): Promise<Dossier | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error("the register does not answer"))
    }, config.settings.registerTimeoutMilliseconds)
  })
  try {
    return await Promise.race([register.find(subscriberNumber, subject), late])
  } finally {
    clearTimeout(timer)
  }
}

/** A refusal of which nothing was compared. */
export async function keepRefusal(
  server: Representation,
  transaction: Transaction,
  exception: ExceptionId,
): Promise<void> {
  await server.store.transaction((records) => addRefusal(server, records, transaction, exception, undefined))
}

/** For the provider's clinicians: the exception, and the provider's own reference where there is a dossier. */
async function addRefusal(
  { crypto, clock }: Representation,
  { refusals }: RepresentationRecords,
  { request }: Transaction,
  exception: ExceptionId,
  dossier: Dossier | undefined,
): Promise<void> {
  const id = hexOf(crypto.randomBytes(ID_BYTES))
  const refusal = {
    exception: exceptionOf(exception).number,
    refusedAt: clock(),
    ...(dossier === undefined ? {} : { reference: dossier.reference }),
  }
  await refusals.add(id, request.provider.subscriberNumber, refusal)
}

function warnOfMismatches({ config, log }: Representation, own: number, all: number): void {
  if (own === config.settings.mismatchesPerRepresentative) log({ is: "representation-locked" })
  if (all === config.settings.mismatchAlarm) log({ is: "mismatch-alarm", mismatches: all })
}
