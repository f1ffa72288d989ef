import { readFileSync } from "node:fs"
import { join } from "node:path"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { parseTrustProfile, type TrustProfile } from "../../../src-protocol/uzi/trust-profile.ts"

/** Whom a party believes, and nothing else of the hierarchy: its own record has the names of all who hold a card. */
export function readTrust(pki: string): Promise<TrustProfile> {
  return parseTrustProfile(nodeCrypto, JSON.parse(readFileSync(join(pki, "trust.json"), "utf8")))
}
