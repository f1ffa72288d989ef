import type { Instant } from "../../src-protocol/instant.ts"
import type { Settings } from "../settings.ts"
import type { Records } from "../store/store.ts"
import type { Disclosure } from "./disclosure.ts"
import { timedOut } from "./life.ts"

/**
 * The disclosure under a reference as it is at `now`: one whose time is over is ended here and now, one that may be
 * forgotten is gone, whether or not housekeeping has come by.
 */
export async function currentDisclosure(
  { disclosures }: Pick<Records, "disclosures">,
  reference: string,
  now: Instant,
  settings: Settings,
): Promise<Disclosure | undefined> {
  const found = await disclosures.byReference(reference)
  if (found === undefined || (found.life === "live" && now < found.expiresAt)) return found
  const over = found.life === "live" ? timedOut(found, settings) : found
  if (over !== found) await disclosures.save(over)
  if (now < over.forgottenAt) return over
  await disclosures.forget(now)
  return undefined
}
