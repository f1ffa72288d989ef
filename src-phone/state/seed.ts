import { base64UrlOf, bytesOfBase64Url } from "../../src-protocol/bytes.ts"
import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import { dayKeyAfter } from "../../src-protocol/day-keys.ts"
import { PhoneError } from "../phone-error.ts"
import type { Seed } from "./phone-state.ts"

/**
 * The days of which a phone holds the keys, today among them. The oldest is 13 days ago: a code given shortly before
 * midnight is signed the next day, and then the backend's 14 days before acceptance still hold (protocol.md, `opaque`).
 */
export const DAYS_HELD = 14

/** The day keys of a simulated phone that has been in use for as long as keys are held. */
export function freshHistory(today: number, key: string): Seed {
  return { day: Math.max(0, today - (DAYS_HELD - 1)), key }
}

/** A new, random key from `today` on: nothing published before tells anything about it. */
export function rekeyed(crypto: Pick<CryptoPort, "randomBytes">, today: number): Seed {
  return { day: today, key: base64UrlOf(crypto.randomBytes(32)) }
}

export function oldestDayHeld(seed: Seed, today: number): number {
  return Math.max(seed.day, today - (DAYS_HELD - 1))
}

/** The key of `day` (DP-3T low-cost schedule); PhoneError `day-not-held` outside the days held up to `today`. */
export async function dayKeyOf(
  crypto: CryptoPort,
  seed: Seed,
  day: number,
  today: number,
): Promise<Uint8Array> {
  const oldest = oldestDayHeld(seed, today)
  if (!Number.isInteger(day) || day < oldest || day > today) {
    throw new PhoneError(
      "day-not-held",
      `day ${String(day)} is not between ${String(oldest)} and ${String(today)}`,
    )
  }
  return dayKeyAfter(crypto, bytesOfBase64Url(seed.key), day - seed.day)
}

/** `seed` without the keys of days that are no longer held; the way back from a later key is closed by SHA-256. */
export async function withoutOldKeys(crypto: CryptoPort, seed: Seed, today: number): Promise<Seed> {
  const oldest = oldestDayHeld(seed, today)
  if (oldest === seed.day) return seed
  return {
    day: oldest,
    key: base64UrlOf(await dayKeyAfter(crypto, bytesOfBase64Url(seed.key), oldest - seed.day)),
  }
}
