import { z } from "zod"
import { base64UrlOf } from "../../src-protocol/bytes.ts"
import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import { dayOf, type Instant } from "../../src-protocol/instant.ts"
import { PhoneError } from "../phone-error.ts"
import { PhoneState, STATE_FORMAT, STATE_VERSION, type Disclosure } from "./phone-state.ts"
import type { PhoneStorage } from "./phone-storage.ts"
import { freshHistory } from "./seed.ts"

/** A state as it was read; `save` replaces exactly that one. */
export interface LoadedState {
  readonly state: PhoneState
  /** Durable when it resolves; answers the new state, loaded. PhoneError `state-changed`, `state-not-written`. */
  save(next: PhoneState): Promise<LoadedState>
}

/** What the steps know of the phone's memory. */
export interface StateStore {
  /** The state now; a phone that never ran gets day keys first. PhoneError `state-corrupt` and the like: never overwritten. */
  load(): Promise<LoadedState>
}

export function stateStore(
  storage: PhoneStorage,
  crypto: Pick<CryptoPort, "randomBytes">,
  clock: () => Instant,
): StateStore {
  return {
    async load() {
      const bytes = await storage.read()
      if (bytes !== undefined) return loaded(storage, parseState(bytes), bytes)
      return loaded(storage, newState(crypto, clock()), undefined)
    },
  }
}

function loaded(storage: PhoneStorage, state: PhoneState, bytes: Uint8Array | undefined): LoadedState {
  return {
    state,
    async save(next) {
      const written = printState(next)
      await storage.write(written, bytes)
      return loaded(storage, next, written)
    },
  }
}

/** `state` with its disclosure replaced, or without one. */
export function withDisclosure(state: PhoneState, disclosure: Disclosure | undefined): PhoneState {
  return { ...state, disclosure }
}

function newState(crypto: Pick<CryptoPort, "randomBytes">, now: Instant): PhoneState {
  const seed = freshHistory(dayOf(now), base64UrlOf(crypto.randomBytes(32)))
  return { format: STATE_FORMAT, version: STATE_VERSION, seed, authorities: {} }
}

function printState(state: PhoneState): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(PhoneState.parse(state), undefined, 1)}\n`)
}

const Envelope = z.looseObject({ format: z.literal(STATE_FORMAT), version: z.int() })

function parseState(bytes: Uint8Array): PhoneState {
  const json = parseJson(bytes)
  const envelope = Envelope.safeParse(json)
  if (!envelope.success) throw new PhoneError("state-foreign", "the file is not the state of a phone")
  if (envelope.data.version > STATE_VERSION) {
    throw new PhoneError("state-too-new", `the state has version ${String(envelope.data.version)}`)
  }
  const state = PhoneState.safeParse(json)
  // The values stay out of the message: they are secrets. The places are enough to find the fault.
  if (!state.success) throw new PhoneError("state-corrupt", `wrong at ${placesOf(state.error)}`)
  return state.data
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  } catch {
    throw new PhoneError("state-corrupt", "the state file is not JSON: damaged, or not written by a phone")
  }
}

function placesOf(error: z.ZodError): string {
  return error.issues.map((issue) => issue.path.join(".") || "the top").join(", ")
}
