import { randomBytes } from "node:crypto"
import type { Command, Response } from "./apdu.ts"
import type { CardKey } from "./card-key.ts"
import type { PinPolicy } from "./card-image.ts"
import { STATUS } from "./status-words.ts"
import { encodeTlv, readTlvs } from "./tlv.ts"

export interface KeyOnCard {
  readonly key: CardKey
  readonly pinPolicy: PinPolicy
}

/** How things stand with the PIN when a key is asked for. */
export interface PinStanding {
  readonly verified: boolean
  /** Whether nothing came between the right PIN and this command. */
  readonly fresh: boolean
}

const TEMPLATE = 0x7c
const CHALLENGE = 0x81
const RESPONSE = 0x82
const EXPONENTIATION = 0x85
const CARD_MANAGEMENT = 0x9b
const CHALLENGE_BYTES = 8

/** GENERAL AUTHENTICATE (SP 800-73-4 part 2 §3.2.4): the one command that uses a private key. Throws for TLV that is none. */
export function generalAuthenticate(
  { p1: algorithm, p2: reference, data }: Command,
  keys: ReadonlyMap<number, KeyOnCard>,
  pin: PinStanding,
): Response {
  const template = readTlvs(data).find(({ tag }) => tag === TEMPLATE)
  if (template === undefined) return failure(STATUS.wrongData)
  const parts = new Map(readTlvs(template.value).map(({ tag, value }) => [tag, value] as const))
  if (reference === CARD_MANAGEMENT) return challenge(parts)
  const found = keys.get(reference)
  if (found?.key.algorithm !== algorithm) return failure(STATUS.wrongParameters)
  if (!mayUse(found.pinPolicy, pin)) return failure(STATUS.securityNotSatisfied)
  return useKey(found.key, parts)
}

/** Nobody knows the management key of this card, but its challenge is where the host gets random numbers from. */
function challenge(parts: ReadonlyMap<number, Uint8Array>): Response {
  if (parts.get(CHALLENGE)?.length !== 0) return failure(STATUS.securityNotSatisfied)
  return success(CHALLENGE, randomBytes(CHALLENGE_BYTES))
}

function mayUse(policy: PinPolicy, { verified, fresh }: PinStanding): boolean {
  if (policy === "never") return true
  return verified && (policy === "once" || fresh)
}

function useKey(key: CardKey, parts: ReadonlyMap<number, Uint8Array>): Response {
  if (parts.get(RESPONSE)?.length !== 0) return failure(STATUS.wrongData)
  const block = parts.get(CHALLENGE)
  if (block !== undefined) return success(RESPONSE, key.sign(block))
  const point = parts.get(EXPONENTIATION)
  return point === undefined ? failure(STATUS.wrongData) : success(RESPONSE, key.agree(point))
}

function success(tag: number, value: Uint8Array): Response {
  return { data: encodeTlv(TEMPLATE, encodeTlv(tag, value)), status: STATUS.ok }
}

function failure(status: number): Response {
  return { data: new Uint8Array(), status }
}
