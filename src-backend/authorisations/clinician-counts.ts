import type { ClinicianCounts } from "../store/records/clinicians.ts"

/** A clinician's counts on `day` (UTC): the day's count begins anew, the one since sign-in does not. */
export function countsOf(known: ClinicianCounts | undefined, day: number): ClinicianCounts {
  if (known === undefined) return { day, authorisedOnDay: 0, authorisedSinceSignIn: 0 }
  return known.day === day ? known : { ...known, day, authorisedOnDay: 0 }
}

export function budgetLeft(counts: ClinicianCounts, budgetPerDay: number): number {
  return Math.max(0, budgetPerDay - counts.authorisedOnDay)
}

/** After one more authorisation. */
export function oneMore(counts: ClinicianCounts): ClinicianCounts {
  return {
    ...counts,
    authorisedOnDay: counts.authorisedOnDay + 1,
    authorisedSinceSignIn: counts.authorisedSinceSignIn + 1,
  }
}
