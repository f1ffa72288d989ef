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

export function createClinicianBudgets(clock: () => Instant, settings: Settings): ClinicianBudgets {
  const lookUps = createBudget(settings.lookUpsPerClinicianPerHour, HOUR, clock)
  const attempts = createBudget(settings.attemptsPerClinicianPerHour, HOUR, clock)
  return {
    lookUp: (signer) => {
      takeFrom(lookUps, signer)
    },
    attempt: (signer) => {
      takeFrom(attempts, signer)
    },
  }
}

function takeFrom(budget: Budget, { uziNumber, subscriberNumber }: SignerNumbers): void {
  const retryAfterSeconds = budget.take(`${uziNumber}@${subscriberNumber}`)
  if (retryAfterSeconds !== undefined) throw new ProblemError("too-many-requests", { retryAfterSeconds })
}
