import {
  BATCH_MEDIA_TYPE,
  BatchesAnswer,
  CRL_MEDIA_TYPE,
  PickUpAnswer,
  PublishAnswer,
  RegisterAnswer,
  ROUTES,
  StateAnswer,
  type DisclosureState,
  type PublishRequest,
  type ReceiptRequest,
  type RegisterRequest,
} from "../../src-protocol/api.ts"
import { bytesOfBase64Url } from "../../src-protocol/bytes.ts"
import type { RefusalReason } from "../../src-protocol/reasons.ts"
import { PhoneError } from "../phone-error.ts"
import type { Answer, AskBackend } from "./ask-backend.ts"
import { errorOf, readJson, readProblem } from "./read-answer.ts"

const KIB = 1_024
const MIB = 1_024 * KIB
/** Small answers and problems; the padded ones have their own size. */
const SMALL = 8 * KIB
const PACKAGE = ROUTES.pickUp.paddedTo.answer
/** The largest list of the UZI-register is far below; a million entries of a batch take 36 MB. */
const CRL = 16 * MIB
const BATCH = 64 * MIB

/** What proves to the backend that this phone registered `reference`. */
export interface Pickup {
  readonly reference: string
  readonly pickupKey: string
}

/** An answer with the difference between the clocks (ours minus theirs), where it is known. */
export type Timed<T> = T & { readonly clockDifference?: number }

export type RegisterOutcome =
  | Timed<{ readonly is: "registered"; readonly expiresAt: number }>
  | { readonly is: "reference-taken" }
  | { readonly is: "puzzle-required"; readonly leadingZeroBits: number }
export type PickUpOutcome =
  | Timed<{ readonly is: "package"; readonly authorisation: Uint8Array }>
  | Timed<{ readonly is: "none" }>
  | Timed<{ readonly is: "not-found" }>
export type StateOutcome =
  { readonly is: "state"; readonly state: DisclosureState } | { readonly is: "not-found" }
export type PublishOutcome =
  { readonly is: "queued" } | { readonly is: "refused"; readonly reason: RefusalReason }

/** The calls of protocol.md that a phone makes. All throw PhoneError where the answer is none of the outcomes. */
export function phoneCalls(ask: AskBackend) {
  return {
    async register(body: RegisterRequest): Promise<RegisterOutcome> {
      return registerOutcome(await ask(ROUTES.register, { body, maximumBytes: SMALL }))
    },
    async pickUp(pickup: Pickup, waitSeconds: number): Promise<PickUpOutcome> {
      const query = { wait: String(waitSeconds) }
      const extraMilliseconds = waitSeconds * 1_000
      return pickUpOutcome(
        await ask(ROUTES.pickUp, { ...proof(pickup), query, extraMilliseconds, maximumBytes: PACKAGE }),
      )
    },
    async receipt(pickup: Pickup, body: ReceiptRequest): Promise<StateOutcome> {
      return stateOutcome(await ask(ROUTES.receipt, { ...proof(pickup), body, maximumBytes: SMALL }))
    },
    async withdraw(pickup: Pickup): Promise<StateOutcome> {
      return stateOutcome(await ask(ROUTES.withdraw, { ...proof(pickup), maximumBytes: SMALL }))
    },
    async publish(body: PublishRequest): Promise<PublishOutcome> {
      return publishOutcome(await ask(ROUTES.publish, { body, maximumBytes: SMALL }))
    },
    async crl(issuerKeyId: string): Promise<Timed<{ readonly bytes?: Uint8Array }>> {
      const answer = await ask(ROUTES.crl, { parameters: { issuerKeyId }, maximumBytes: CRL })
      if (readProblem(answer)?.code === "not-found") return { ...clockOf(answer) }
      return { bytes: bytesOf(answer, CRL_MEDIA_TYPE), ...clockOf(answer) }
    },
    async batches(): Promise<BatchesAnswer> {
      const answer = await ask(ROUTES.batches, { maximumBytes: SMALL })
      if (answer.status !== 200) throw errorOf(answer)
      return readJson(answer, BatchesAnswer)
    },
    async batch(cycle: number): Promise<Uint8Array> {
      const answer = await ask(ROUTES.batch, { parameters: { cycle: String(cycle) }, maximumBytes: BATCH })
      if (readProblem(answer)?.code === "not-found")
        throw new PhoneError("no-such-batch", `no batch ${String(cycle)}`)
      return bytesOf(answer, BATCH_MEDIA_TYPE)
    },
  }
}

export type PhoneCalls = ReturnType<typeof phoneCalls>

function proof(pickup: Pickup): {
  readonly parameters: { readonly reference: string }
  readonly bearer: string
} {
  return { parameters: { reference: pickup.reference }, bearer: pickup.pickupKey }
}

function clockOf(answer: Answer): { readonly clockDifference?: number } {
  return answer.clockDifference === undefined ? {} : { clockDifference: answer.clockDifference }
}

function registerOutcome(answer: Answer): RegisterOutcome {
  if (answer.status === 200 || answer.status === 201) {
    const { expiresAt } = readJson(answer, RegisterAnswer)
    return { is: "registered", expiresAt: Date.parse(expiresAt), ...clockOf(answer) }
  }
  const problem = readProblem(answer)
  if (problem?.code === "reference-taken") return { is: "reference-taken" }
  if (problem?.code === "puzzle-required" && problem.puzzle !== undefined) {
    return { is: "puzzle-required", leadingZeroBits: problem.puzzle.leadingZeroBits }
  }
  throw errorOf(answer)
}

function pickUpOutcome(answer: Answer): PickUpOutcome {
  if (answer.status === 204) return { is: "none", ...clockOf(answer) }
  if (answer.status === 200) {
    const authorisation = decoded(readJson(answer, PickUpAnswer).authorisation)
    return { is: "package", authorisation, ...clockOf(answer) }
  }
  if (readProblem(answer)?.code === "not-found") return { is: "not-found", ...clockOf(answer) }
  throw errorOf(answer)
}

function stateOutcome(answer: Answer): StateOutcome {
  if (answer.status === 200) return { is: "state", state: readJson(answer, StateAnswer).state }
  if (readProblem(answer)?.code === "not-found") return { is: "not-found" }
  throw errorOf(answer)
}

function publishOutcome(answer: Answer): PublishOutcome {
  if (answer.status === 202) {
    readJson(answer, PublishAnswer)
    return { is: "queued" }
  }
  const problem = readProblem(answer)
  const carriesReason = problem?.code === "refused" || problem?.code === "revocation-unknown"
  if (carriesReason && problem.reason !== undefined) return { is: "refused", reason: problem.reason }
  throw errorOf(answer)
}

function bytesOf(answer: Answer, mediaType: string): Uint8Array {
  if (answer.status !== 200) throw errorOf(answer)
  if (answer.mediaType !== mediaType) throw new PhoneError("wrong-answer", `media type ${answer.mediaType}`)
  return answer.body
}

/** base64url whose last digit has stray bits passes the schema, but is not one of ours. */
function decoded(text: string): Uint8Array {
  try {
    return bytesOfBase64Url(text)
  } catch (cause) {
    throw new PhoneError("wrong-answer", "the package is not base64url", { cause })
  }
}
