import { checkPuzzle, requiredZeroBits } from "../../src-protocol/puzzle.ts"
import type { RegisterRequest } from "../../src-protocol/api.ts"
import { equalBytes, hexOf } from "../../src-protocol/bytes.ts"
import { printInstant } from "../../src-protocol/instant.ts"
import type { Backend } from "../backend.ts"
import { bytesOfMember } from "../http/parse-body.ts"
import { ProblemError } from "../http/problem-error.ts"
import type { Answer, Call } from "../http/serve-route.ts"
import { currentDisclosure } from "./current-disclosure.ts"
import type { Disclosure, LiveDisclosure } from "./disclosure.ts"

/** All references there are: six digits. */
const REFERENCES = 1_000_000
const ID_BYTES = 16

/**
 * A phone registers a hash under six digits. The same three values again are answered as the first time; another's live
 * reference, and one that rests, are `reference-taken`.
 */
export async function registerDisclosure(backend: Backend, call: Call<RegisterRequest>): Promise<Answer> {
  await backend.addressBudgets.registration(call.address)
  const { found, taken } = await look(backend, call.body)
  if (isTheSame(found, call.body)) return { status: 200, body: answerOf(found) }
  await checkPuzzleAnswer(backend, call.body, taken)
  if (found !== undefined) throw new ProblemError("reference-taken")
  const represented = await redeemRepresentation(backend, call.body.representationToken)
  const now = backend.clock()
  const disclosure: LiveDisclosure = {
    life: "live",
    id: hexOf(backend.crypto.randomBytes(ID_BYTES)),
    reference: call.body.reference,
    hash: call.body.hash,
    pickupHash: bytesOfMember(call.body.pickupHash),
    state: "registered",
    registeredAt: now,
    expiresAt: now + backend.config.settings.registeredMilliseconds,
    represented,
    refusals: 0,
  }
  return save(backend, disclosure, call.body)
}

async function look(
  backend: Backend,
  { reference }: RegisterRequest,
): Promise<{ readonly found: Disclosure | undefined; readonly taken: number }> {
  const now = backend.clock()
  return backend.store.transaction(async (records) => ({
    found: await currentDisclosure(records, reference, now, backend.config.settings),
    taken: await records.disclosures.count(),
  }))
}

function isTheSame(found: Disclosure | undefined, asked: RegisterRequest): found is LiveDisclosure {
  if (found?.life !== "live" || found.hash !== asked.hash) return false
  return equalBytes(found.pickupHash, bytesOfMember(asked.pickupHash))
}

function answerOf(disclosure: LiveDisclosure): { expiresAt: string } {
  return { expiresAt: printInstant(disclosure.expiresAt) }
}

/** Before it is said whether a reference is taken: asking that, too, costs the puzzle. */
async function checkPuzzleAnswer(backend: Backend, asked: RegisterRequest, taken: number): Promise<void> {
  warnOfOccupancy(backend, taken)
  const leadingZeroBits = requiredZeroBits(taken)
  if (leadingZeroBits === 0) return
  const { reference, hash, puzzleAnswer = "" } = asked
  if (await checkPuzzle(backend.crypto, reference, hash, puzzleAnswer, leadingZeroBits)) return
  throw new ProblemError("puzzle-required", { puzzle: { leadingZeroBits } })
}

/** Whoever counts the references first tells: a registration, or the operator's own reading of the metrics. */
export function warnOfOccupancy(backend: Backend, taken: number): void {
  const percent = Math.floor((taken * 100) / REFERENCES)
  const raised = taken >= backend.config.settings.occupancyAlarm * REFERENCES
  if (backend.metrics.setOccupancy(taken / REFERENCES, raised))
    backend.log({ is: "occupancy-alarm", percent })
}

async function redeemRepresentation(backend: Backend, token: string | undefined): Promise<boolean> {
  if (token === undefined) return false
  const redeemed = (await backend.redeemRepresentation?.(token)) ?? false
  if (!redeemed)
    throw new ProblemError("malformed-request", { detail: "the representation token is not good here" })
  return true
}

async function save(backend: Backend, disclosure: LiveDisclosure, asked: RegisterRequest): Promise<Answer> {
  return backend.store.transaction(async (records) => {
    const { reference, registeredAt } = disclosure
    const meanwhile = await currentDisclosure(records, reference, registeredAt, backend.config.settings)
    if (isTheSame(meanwhile, asked)) return { status: 200, body: answerOf(meanwhile) }
    if (meanwhile !== undefined) throw new ProblemError("reference-taken")
    await records.disclosures.save(disclosure)
    return { status: 201, body: answerOf(disclosure) }
  })
}
