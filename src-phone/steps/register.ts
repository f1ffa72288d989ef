import { base64UrlOf, bytesOfBase64Url } from "../../src-protocol/bytes.ts"
import type { RegisterRequest } from "../../src-protocol/api.ts"
import { dayOf } from "../../src-protocol/instant.ts"
import { decodeOpaque } from "../../src-protocol/opaque.ts"
import { solvePuzzle } from "../../src-protocol/puzzle.ts"
import { isClockWrong, type PhoneContext } from "../phone-context.ts"
import { PhoneError } from "../phone-error.ts"
import { pickupOf, referenceOf } from "../state/disclosure.ts"
import type { Registering } from "../state/phone-state.ts"
import { oldestDayHeld } from "../state/seed.ts"
import { withDisclosure, type LoadedState } from "../state/state-store.ts"
import { settleOwed } from "./send-receipt.ts"
import { drawDisclosure } from "./draw-disclosure.ts"

export interface RegisterOptions {
  /** Days since 1970-01-01 UTC of the first contagious day; two days ago where none is given. */
  readonly firstContagiousDay?: number
  /** Where the patient is represented: the single-use token of the authorization server. */
  readonly representationToken?: string
}

const DEFAULT_DAYS_BEFORE = 2
const MAXIMUM_ATTEMPTS = 10

/**
 * Steps 2 and 3. What is drawn is durable before it leaves, so that an attempt whose answer was lost is repeated with the
 * same three values. Throws PhoneError; after a retriable one, calling again goes on where it stopped.
 */
export async function register(context: PhoneContext, options: RegisterOptions): Promise<LoadedState> {
  const found = await context.store.load()
  refuseWhileUnderWay(found.state.disclosure?.step)
  const loaded = await settleOwed(context, found)
  const drawn = await drawOnce(context, loaded, options)
  return registerDrawn(context, drawn.loaded, drawn.disclosure)
}

interface Drawing {
  readonly loaded: LoadedState
  readonly disclosure: Registering
}

async function drawOnce(
  context: PhoneContext,
  loaded: LoadedState,
  options: RegisterOptions,
): Promise<Drawing> {
  const disclosure = loaded.state.disclosure
  if (disclosure?.step === "registering" && isAsAsked(disclosure, options)) return { loaded, disclosure }
  return draw(context, loaded, options)
}

function refuseWhileUnderWay(step: string | undefined): void {
  const underWay =
    step === "registered" || step === "received" || step === "verified" || step === "publishing"
  if (underWay) throw new PhoneError("disclosure-under-way", `a disclosure is ${step}`)
}

function isAsAsked(disclosure: Registering, options: RegisterOptions): boolean {
  const { day } = decodeOpaque(bytesOfBase64Url(disclosure.opaque))
  const sameDay = options.firstContagiousDay === undefined || options.firstContagiousDay === day
  return sameDay && options.representationToken === disclosure.representationToken
}

async function draw(context: PhoneContext, loaded: LoadedState, options: RegisterOptions): Promise<Drawing> {
  const { seed } = loaded.state
  const today = dayOf(context.clock())
  const day = options.firstContagiousDay ?? Math.max(oldestDayHeld(seed, today), today - DEFAULT_DAYS_BEFORE)
  const drawn = await drawDisclosure(context.crypto, seed, day, context.clock())
  const { representationToken } = options
  const disclosure: Registering = {
    step: "registering",
    ...drawn,
    ...(representationToken && { representationToken }),
  }
  return { loaded: await loaded.save(withDisclosure(loaded.state, disclosure)), disclosure }
}

async function registerDrawn(
  context: PhoneContext,
  loaded: LoadedState,
  first: Registering,
): Promise<LoadedState> {
  let drawing: Drawing = { loaded, disclosure: first }
  let puzzleAnswer: string | undefined
  for (let attempt = 0; attempt < MAXIMUM_ATTEMPTS; attempt++) {
    const { disclosure } = drawing
    const outcome = await context.calls.register(await requestOf(context, disclosure, puzzleAnswer))
    if (outcome.is === "registered")
      return keepRegistered(context, drawing, outcome.expiresAt, outcome.clockDifference)
    if (outcome.is === "reference-taken") {
      drawing = await draw(context, drawing.loaded, optionsOf(disclosure))
      puzzleAnswer = undefined
    } else {
      puzzleAnswer = await solve(context, disclosure, outcome.leadingZeroBits)
    }
  }
  throw new PhoneError("no-free-reference", `${String(MAXIMUM_ATTEMPTS)} attempts found no free reference`)
}

/** Another's reference: all is drawn anew, but for what the patient chose. */
function optionsOf(disclosure: Registering): RegisterOptions {
  const { day } = decodeOpaque(bytesOfBase64Url(disclosure.opaque))
  const { representationToken } = disclosure
  return { firstContagiousDay: day, ...(representationToken !== undefined && { representationToken }) }
}

async function requestOf(
  context: PhoneContext,
  disclosure: Registering,
  puzzleAnswer: string | undefined,
): Promise<RegisterRequest> {
  const pickupHash = await context.crypto.digest("sha-256", bytesOfBase64Url(disclosure.pickupKey))
  const { hash, representationToken } = disclosure
  return {
    reference: referenceOf(disclosure),
    hash,
    pickupHash: base64UrlOf(pickupHash),
    ...(representationToken !== undefined && { representationToken }),
    ...(puzzleAnswer !== undefined && { puzzleAnswer }),
  }
}

async function solve(
  context: PhoneContext,
  disclosure: Registering,
  leadingZeroBits: number,
): Promise<string> {
  if (leadingZeroBits > context.settings.maximumPuzzleBits) {
    throw new PhoneError("puzzle-too-hard", `the backend asks for ${String(leadingZeroBits)} zero bits`)
  }
  return solvePuzzle(context.crypto, referenceOf(disclosure), disclosure.hash, leadingZeroBits)
}

async function keepRegistered(
  context: PhoneContext,
  drawing: Drawing,
  expiresAt: number,
  clockDifference: number | undefined,
): Promise<LoadedState> {
  const { loaded, disclosure } = drawing
  if (isClockWrong(clockDifference)) return giveUpForClock(context, drawing)
  const { code, opaque, hash, pickupKey, composedAt } = disclosure
  const kept = {
    step: "registered" as const,
    code,
    opaque,
    hash,
    pickupKey,
    composedAt,
    expiresAt,
    mismatches: 0,
  }
  return loaded.save(withDisclosure(loaded.state, kept))
}

/** By a wrong clock the day and the time of composing are wrong too, and no signature could ever fit them. */
async function giveUpForClock(context: PhoneContext, drawing: Drawing): Promise<never> {
  await drawing.loaded.save(withDisclosure(drawing.loaded.state, undefined))
  // Best effort: what is not withdrawn expires by itself.
  await context.calls.withdraw(pickupOf(drawing.disclosure)).catch(() => undefined)
  throw new PhoneError(
    "own-clock-wrong",
    "the phone's clock and the backend's differ by more than ten minutes",
  )
}
