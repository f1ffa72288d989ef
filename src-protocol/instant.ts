/** A point in time: milliseconds since 1970-01-01T00:00:00Z. The protocol is handed its times; it has no clock. */
export type Instant = number

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** `instant` as RFC 3339 in UTC with milliseconds, the form in which times travel. */
export function printInstant(instant: Instant): string {
  return new Date(instant).toISOString()
}

/** The number of whole days from 1970-01-01 to `instant`, in UTC. */
export function dayOf(instant: Instant): number {
  return Math.floor(instant / DAY)
}
