import type { Backend } from "../backend.ts"
import type { LiveDisclosure } from "../disclosures/disclosure.ts"
import type { Records } from "../store/store.ts"

/**
 * From now on the package of this disclosure can no longer be published. While the backend holds it, its `accepted`
 * entry is found and removed; after the phone's receipt nothing leads there any more, and its tag is noted instead.
 */
export async function forbidPublication(
  { crypto, config }: Backend,
  { accepted }: Records,
  { authorisation }: LiveDisclosure,
): Promise<void> {
  if (authorisation === undefined) return
  if (authorisation.package !== undefined) {
    await accepted.remove(await crypto.digest("sha-256", authorisation.package))
    return
  }
  const { authorisedMilliseconds, acceptedKeptMilliseconds } = config.settings
  const forgottenAt = authorisation.acceptedAt + authorisedMilliseconds + acceptedKeptMilliseconds
  await accepted.withdraw(authorisation.packageTag, forgottenAt)
}
