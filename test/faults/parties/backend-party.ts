import { join } from "node:path"
import { z } from "zod"
import type { BackendConfig } from "../../../src-backend/config.ts"
import { Settings } from "../../../src-backend/settings.ts"
import type { TrustProfile } from "../../../src-protocol/uzi/trust-profile.ts"

/** Of which parts a backend in these tests is made. */
export const BackendParty = z.strictObject({
  directory: z.string(),
  pki: z.string(),
  /** What cards sign: where desks and phones find it, whatever port it has after a restart. */
  origin: z.string(),
  /** How far its clock is ahead. */
  clockOffset: z.int().default(0),
})
export type BackendParty = z.infer<typeof BackendParty>

export function backendConfig({ directory, pki, origin }: BackendParty, trust: TrustProfile): BackendConfig {
  const anyPort = { host: "127.0.0.1", port: 0 }
  return {
    directory,
    listen: anyPort,
    operator: anyPort,
    origin,
    trust,
    authenticationTrust: trust,
    crlSources: [{ file: join(pki, "crls.pem") }],
    trustedProxies: [],
    settings: Settings.parse({}),
  }
}
