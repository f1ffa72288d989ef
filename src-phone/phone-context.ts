import type { CryptoPort } from "../src-protocol/crypto-port.ts"
import { HOUR, MINUTE, SECOND, type Instant } from "../src-protocol/instant.ts"
import type { TrustProfile } from "../src-protocol/uzi/trust-profile.ts"
import type { PhoneCalls } from "./backend/phone-calls.ts"
import type { StateStore } from "./state/state-store.ts"

/** What can be set; the defaults are those of protocol.md. */
export interface PhoneSettings {
  /**
   * How old the list of the authority that issued the signer's certificate may be. Longer than a day, since the phone
   * fetches lists on a daily timer whether it discloses or not: if it had to fetch them when it judges, the backend would
   * see who judges. The backend holds every package against lists of six hours, at acceptance and at publication.
   */
  readonly maximumCrlAgeMilliseconds: number
  /** How long one pick-up waits at the backend: 0 to 60. */
  readonly longPollSeconds: number
  /** The pause between two attempts. */
  readonly pauseMilliseconds: number
  /** The longest random wait before publishing; `undefined`: one cycle, as the backend says it. */
  readonly publicationWaitSeconds: number | undefined
  /** Harder puzzles are not solved: the backend asks no more (protocol.md), and a battery is finite. */
  readonly maximumPuzzleBits: number
  readonly timeoutMilliseconds: number
}

export const DEFAULT_PHONE_SETTINGS: PhoneSettings = {
  maximumCrlAgeMilliseconds: 30 * HOUR,
  longPollSeconds: 50,
  pauseMilliseconds: SECOND,
  publicationWaitSeconds: undefined,
  maximumPuzzleBits: 20,
  timeoutMilliseconds: 15 * SECOND,
}

/** What every step works with. */
export interface PhoneContext {
  readonly store: StateStore
  readonly calls: PhoneCalls
  readonly crypto: CryptoPort
  readonly trust: TrustProfile
  readonly clock: () => Instant
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly settings: PhoneSettings
}

/** Clocks may differ by this much (protocol.md, Times). */
export const CLOCK_TOLERANCE = 10 * MINUTE

/** Whether the phone's clock is too far from the backend's; an unknown difference is none. */
export function isClockWrong(clockDifference: number | undefined): boolean {
  return clockDifference !== undefined && Math.abs(clockDifference) > CLOCK_TOLERANCE
}
