import type { BadPackage } from "./bad-package.ts"
import { BADLY_CERTIFIED } from "./badly-certified.ts"
import { BADLY_WRITTEN } from "./badly-written.ts"

/** At least one for each reason of judging; the larger corpus is made of the same parts. */
export const BAD_PACKAGES: readonly BadPackage[] = [...BADLY_WRITTEN, ...BADLY_CERTIFIED]

/** The first package of each reason, for tests of every party. */
export function onePackageAReason(): readonly BadPackage[] {
  return [...new Map([...BAD_PACKAGES].reverse().map((bad) => [bad.reason, bad])).values()].reverse()
}
