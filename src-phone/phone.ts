import type { CryptoPort } from "../src-protocol/crypto-port.ts"
import type { Instant } from "../src-protocol/instant.ts"
import type { Language } from "../src-protocol/reason-words.ts"
import { wordListIn } from "../src-protocol/trustwords/all-lists.ts"
import { englishWords } from "../src-protocol/trustwords/english.ts"
import type { WordList } from "../src-protocol/trustwords/word-list.ts"
import type { TrustProfile } from "../src-protocol/uzi/trust-profile.ts"
import { backendAt } from "./backend/ask-backend.ts"
import { checkBackendOrigin } from "./backend/check-backend-origin.ts"
import { phoneCalls } from "./backend/phone-calls.ts"
import { DEFAULT_PHONE_SETTINGS, type PhoneContext, type PhoneSettings } from "./phone-context.ts"
import { PhoneError } from "./phone-error.ts"
import { viewOf, type PhoneView } from "./phone-view.ts"
import type { PhoneStorage } from "./state/phone-storage.ts"
import { stateStore } from "./state/state-store.ts"
import { publish, type PublishOptions } from "./steps/publish.ts"
import { readPublishedBatch, type PublishedBatch } from "./steps/read-published-batch.ts"
import { refreshCrls } from "./steps/refresh-crls.ts"
import { register, type RegisterOptions } from "./steps/register.ts"
import { waitForAuthorisation, type StepResult } from "./steps/wait-for-authorisation.ts"
import { withdraw } from "./steps/withdraw.ts"

/** What a phone is made of. */
export interface PhoneParts {
  readonly storage: PhoneStorage
  /** The backend's origin: https, or plain HTTP on loopback with a test trust profile. */
  readonly backend: string
  /** Built in: whom the phone believes. */
  readonly trust: TrustProfile
  readonly crypto: CryptoPort
  readonly clock: () => Instant
  /** Of the sentences. */
  readonly language: Language
  /** Of the trustwords and the read-back words; the sentences' language where it is left out. */
  readonly list?: WordList
  /** Ed25519 public key (SPKI, DER) of whoever publishes the batches; needed for `readPublishedBatch` only. */
  readonly batchPublicKey?: Uint8Array
  readonly settings?: Partial<PhoneSettings>
  readonly sleep?: (milliseconds: number) => Promise<void>
}

/**
 * The patient's phone: a method a step (protocol.md 2, 3, 8, 9). Each one reads the state, does its step, and has it durable
 * before it answers; a phone that was stopped anywhere goes on when the same method is called again.
 * All throw PhoneError; what passes by itself is in the view as `trouble`.
 */
export interface Phone {
  /** Draws a code and registers it. Throws also what is retriable: call it again. */
  register(options?: RegisterOptions): Promise<PhoneView>
  /** Where things stand; asks nobody. The words are in the phone's language unless another list is given. */
  show(list?: WordList): Promise<PhoneView>
  /** Waits up to `seconds` for the package, judges it and sends the receipt; 0 asks once. */
  wait(seconds?: number): Promise<PhoneView>
  publish(options?: PublishOptions): Promise<PhoneView>
  withdraw(): Promise<PhoneView>
  /** For the daily timer. */
  refreshCrls(): Promise<PhoneView>
  /** The last published batch, or that of `cycle`. */
  readPublishedBatch(cycle?: number): Promise<PublishedBatch>
}

/** A phone on these parts; throws PhoneError `insecure-backend`. Nothing is read or asked before the first step. */
export function createPhone(parts: PhoneParts): Phone {
  const context = contextOf(parts)
  const ownList = parts.list ?? wordListIn(parts.language) ?? englishWords
  const show = (result: StepResult, list = ownList): Promise<PhoneView> =>
    viewOf(context.crypto, result, { language: parts.language, list })
  return {
    register: async (options = {}) => show({ loaded: await register(context, options) }),
    show: async (list) => show({ loaded: await context.store.load() }, list),
    wait: async (seconds = 0) => show(await waitForAuthorisation(context, seconds)),
    publish: async (options = {}) => show(await publish(context, options)),
    withdraw: async () => show(await withdraw(context)),
    refreshCrls: async () => show({ loaded: await refreshCrls(context) }),
    async readPublishedBatch(cycle) {
      const { batchPublicKey } = parts
      if (batchPublicKey === undefined)
        throw new PhoneError("no-batch-key", "the phone has no key of the publisher")
      return readPublishedBatch(context.calls, context.crypto, batchPublicKey, cycle)
    },
  }
}

function contextOf({
  storage,
  backend,
  trust,
  crypto,
  clock,
  sleep,
  settings: changes,
}: PhoneParts): PhoneContext {
  const settings = { ...DEFAULT_PHONE_SETTINGS, ...changes }
  const { timeoutMilliseconds } = settings
  const ask = backendAt({ origin: checkBackendOrigin(backend, trust), clock, timeoutMilliseconds })
  return {
    store: stateStore(storage, crypto, clock),
    calls: phoneCalls(ask),
    crypto,
    trust,
    clock,
    settings,
    sleep: sleep ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))),
  }
}
