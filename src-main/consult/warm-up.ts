import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises"
import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import type { Signer } from "../../src-protocol/signed-data.ts"
import { verifyAuthorisation } from "../../src-protocol/verify-authorisation.ts"
import type { JudgingFacts } from "./sign-statement.ts"

/** So often, and the first signature takes hardly longer than a later one (docs/performance.md). */
const TIMES = 40
/** What was found is drawn first: the clinician needs seconds to read it, and the first signature comes later still. */
const DRAWING_MILLISECONDS = 300
const RSA_2048_BYTES = 256
const NOTHING = { hash: "00".repeat(32), code: { reference: "000000", confirmation: "0000" } }

/** A `warmUp` for a whole desk: what the first consult has had loaded and compiled, those that follow find so. */
export function warmUpOnce(): typeof warmUp {
  let warm: Promise<void> | undefined
  return (certificateChain, facts) => (warm ??= warmUp(certificateChain, facts))
}

/**
 * Composes and judges a package while the clinician reads, so that what does it is loaded and compiled by the time that it
 * matters. What stands for the signature is random, so nobody could ever take the package for one, and it goes nowhere.
 * Never throws: whatever is wrong shows when it matters.
 */
export async function warmUp(certificateChain: readonly Uint8Array[], facts: JudgingFacts): Promise<void> {
  try {
    await pause(DRAWING_MILLISECONDS)
    for (let i = 0; i < TIMES; i++) {
      await rehearse(throwAwaySigner(certificateChain, facts.crypto), facts)
      // The dialogue goes on meanwhile.
      await nextTurn()
    }
  } catch {
    return
  }
}

function throwAwaySigner(certificateChain: readonly Uint8Array[], crypto: CryptoPort): Signer {
  return {
    certificateChain,
    algorithms: [{ scheme: "rsa-pkcs1", hash: "sha-256" }],
    sign: () => Promise.resolve(crypto.randomBytes(RSA_2048_BYTES)),
  }
}

async function rehearse(signer: Signer, facts: JudgingFacts): Promise<void> {
  const { composeAuthorisation } = await import("../../src-protocol/signed-data.ts")
  const signedAt: Instant = facts.at
  const authorisation = await composeAuthorisation(facts.crypto, NOTHING, signer, signedAt)
  const policy = { signedBetween: [signedAt, signedAt] as const, maximumCrlAgeMilliseconds: 0 }
  await verifyAuthorisation(authorisation, { ...facts, policy })
}
