import { MINUTE } from "../../src-protocol/instant.ts"
import { ownProblem, type DeskProblem } from "../desk-problem.ts"

/** The signing time may be ten minutes off; a clock that is two off will soon be ten. */
const TOLERATED_DIFFERENCE = 2 * MINUTE

/** A warning, before the PIN, where the clocks of desk and backend differ: the phone would hold it against the package. */
export function clockWarning(differenceMilliseconds: number | undefined): DeskProblem | undefined {
  if (differenceMilliseconds === undefined || Math.abs(differenceMilliseconds) <= TOLERATED_DIFFERENCE)
    return undefined
  const minutes = Math.round(Math.abs(differenceMilliseconds) / MINUTE)
  const direction = differenceMilliseconds > 0 ? "behind" : "ahead of"
  return ownProblem(
    "CLOCK_DIFFERS",
    `this computer's clock is ${String(minutes)} minutes ${direction} the backend's`,
    {
      retriable: true,
    },
  )
}
