import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { HOUR } from "../../../src-protocol/instant.ts"
import type { World } from "../../backend/support/world.ts"

/** Lets a flood take the references from `first` to just before `end`, whose numbers are their digits. */
export async function fillReferences(world: World, first: number, end: number): Promise<void> {
  await world.backend.store.transaction(async ({ disclosures }) => {
    for (let number = first; number < end; number++) {
      await disclosures.save({
        life: "live",
        id: `flood-${number}`,
        reference: String(number).padStart(6, "0"),
        hash: "0".repeat(64),
        pickupHash: nodeCrypto.randomBytes(32),
        state: "registered",
        registeredAt: world.now(),
        expiresAt: world.now() + 4 * HOUR,
        represented: false,
        refusals: 0,
      })
    }
  })
}
