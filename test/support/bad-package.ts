import type { JudgingReason } from "../../src-protocol/reasons.ts"
import { composeAuthorisation } from "../../src-protocol/signed-data.ts"
import type { Facts } from "../../src-protocol/verify-authorisation.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import type { JudgingWorld } from "./judging-world.ts"
import { writePackage, type PackageChanges } from "./package-writer.ts"

/** A package with one thing wrong, and the one reason that it must be refused for. */
export interface BadPackage {
  readonly what: string
  readonly reason: JudgingReason
  readonly make: (world: JudgingWorld) => Promise<Uint8Array>
  /** What the judge knows, where it is the judge's knowledge that is at fault. */
  readonly facts?: (usual: Facts) => Facts
}

/** A package by an `arts` card with something changed in how it is written. */
export function written(what: string, reason: JudgingReason, changes: PackageChanges): BadPackage {
  return {
    what,
    reason,
    make: async ({ content, now, signerOf }) =>
      await writePackage(content, await signerOf("arts"), now, changes),
  }
}

/** A good package by a certificate with something changed. */
export function certified(
  what: string,
  reason: JudgingReason,
  change:
    | Parameters<JudgingWorld["signerWith"]>[0]
    | ((world: JudgingWorld) => Parameters<JudgingWorld["signerWith"]>[0]),
): BadPackage {
  return {
    what,
    reason,
    make: async (world) => {
      const signer = await world.signerWith(typeof change === "function" ? change(world) : change)
      return await composeAuthorisation(nodeCrypto, world.statement, signer, world.now)
    },
  }
}

/** A good package by a card of the test kit that is not good. */
export function byCard(
  what: string,
  reason: JudgingReason,
  profile: Parameters<JudgingWorld["signerOf"]>[0],
): BadPackage {
  return {
    what,
    reason,
    make: async (world) =>
      await composeAuthorisation(nodeCrypto, world.statement, await world.signerOf(profile), world.now),
  }
}

/** A good package, judged by someone who knows something else. */
export function knowing(what: string, reason: JudgingReason, facts: (usual: Facts) => Facts): BadPackage {
  return { ...byCard(what, reason, "arts"), facts }
}
