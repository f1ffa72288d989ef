import { z } from "zod"
import { DAY, HOUR, MINUTE, SECOND } from "../src-protocol/instant.ts"

const Milliseconds = z.int().min(1)
const Count = z.int().min(1)

/**
 * Every time and limit of protocol.md, by name, with the protocol's value as its default.
 * "Per hour" and the like are windows of the wall clock.
 */
export const Settings = z.strictObject({
  /** How long a disclosure waits for a clinician. */
  registeredMilliseconds: Milliseconds.default(4 * HOUR),
  /** A look-up leaves at least this much time for signing. */
  lookedUpMilliseconds: Milliseconds.default(1 * HOUR),
  /** However often it is looked up, a registration never lives longer. */
  longestRegisteredMilliseconds: Milliseconds.default(24 * HOUR),
  /** How long an accepted package waits for its phone, and can be published. */
  authorisedMilliseconds: Milliseconds.default(72 * HOUR),
  /** How long an ended disclosure's own signer can ask what became of it, and its reference rests. */
  endedKeptMilliseconds: Milliseconds.default(24 * HOUR),
  /** How long `accepted` entries stay after their life. */
  acceptedKeptMilliseconds: Milliseconds.default(7 * DAY),
  /** How often a disclosure whose package did not match returns to `registered`. */
  returnsToRegistered: z.int().min(0).default(3),
  /** How far a signing time may lie outside the time in which it makes sense. */
  signingTimeToleranceMilliseconds: Milliseconds.default(10 * MINUTE),
  /** How many days before acceptance the first contagious day may lie. */
  plausibleDays: z.int().min(0).default(14),

  cycleMilliseconds: Milliseconds.default(2 * HOUR),
  batchMinimumEntries: Count.default(10),
  batchesKeptMilliseconds: Milliseconds.default(21 * DAY),

  challengeMilliseconds: Milliseconds.default(5 * MINUTE),
  sessionMilliseconds: Milliseconds.max(8 * HOUR).default(8 * HOUR),

  crlRefreshMilliseconds: Milliseconds.default(1 * HOUR),
  maximumCrlAgeMilliseconds: Milliseconds.default(6 * HOUR),

  /** Generous: carriers put many phones behind one address. */
  registrationsPerIpv4PerHour: Count.default(1_000),
  registrationsPerIpv6Network64PerHour: Count.default(60),
  registrationsPerIpv6Network48PerHour: Count.default(1_000),
  /** All other calls that anyone can make, per address or /64; a hospital is one address. */
  callsPerAddressPerMinute: Count.default(1_200),
  lookUpsPerClinicianPerHour: Count.default(60),
  /** Packages handed in, accepted or not. */
  attemptsPerClinicianPerHour: Count.default(60),
  authorisationsPerClinicianPerDay: Count.default(50),

  longestWaitSeconds: z.int().min(0).max(60).default(60),
  waitersPerDisclosure: Count.default(8),
  heartbeatMilliseconds: Milliseconds.default(15 * SECOND),
  retryAfterSeconds: Count.default(60),
  /** The part of all references that may be taken before the operator is warned. */
  occupancyAlarm: z.number().min(0).max(1).default(0.1),
})
export type Settings = z.infer<typeof Settings>
