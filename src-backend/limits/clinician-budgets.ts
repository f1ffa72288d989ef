import { HOUR, type Instant } from "../../src-protocol/instant.ts"
import type { SignerNumbers } from "../disclosures/disclosure.ts"
import { ProblemError } from "../http/problem-error.ts"
import type { Settings } from "../settings.ts"
import { createBudget, type Budget } from "./budget.ts"

/** What one clinician may ask for in an hour, from whichever address. Both throw `too-many-requests`. */
export interface ClinicianBudgets {
  lookUp(signer: SignerNumbers): void
  attempt(signer: SignerNumbers): void
}

export type ClinicianLimit = "look-ups" | "attempts"

/** `onSpent` is called once an hour for each clinician who reaches a limit: who tries out references gets there. */
export function createClinicianBudgets(
  clock: () => Instant,
  settings: Settings,
  onSpent: (limit: ClinicianLimit, signer: SignerNumbers) => void,
): ClinicianBudgets {
  const lookUps = createBudget(settings.lookUpsPerClinicianPerHour, HOUR, clock)
  const attempts = createBudget(settings.attemptsPerClinicianPerHour, HOUR, clock)
  const takeFrom = (
    budget: Budget,
    limit: ClinicianLimit,
    { uziNumber, subscriberNumber }: SignerNumbers,
  ) => {
    const spent = budget.take(`${uziNumber}@${subscriberNumber}`)
    if (spent === undefined) return
    if (spent.isFirst) onSpent(limit, { uziNumber, subscriberNumber })
    throw new ProblemError("too-many-requests", { retryAfterSeconds: spent.retryAfterSeconds })
  }
  return {
    lookUp: (signer) => {
      takeFrom(lookUps, "look-ups", signer)
    },
    attempt: (signer) => {
      takeFrom(attempts, "attempts", signer)
    },
  }
}
