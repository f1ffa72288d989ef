import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { findSofthsmModule } from "../../native/softhsm/find-softhsm-module.ts"
import { printTrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import type { TesterFiles } from "./tester-files.ts"
import type { TesterWorld } from "./tester-world.ts"

/** The desk's configuration for the practice environment: this backend, this authority, the cards on SoftHSM. */
export async function writeDeskConfig(files: TesterFiles, { pki, backend }: TesterWorld): Promise<void> {
  const trust = join(files.directory, "trust.json")
  await writeFile(trust, `${JSON.stringify(printTrustProfile(pki.trust), undefined, 2)}\n`)
  const config = {
    environment: "practice",
    practice: { backend: backend.origin, trust },
    modules: [findSofthsmModule()],
  }
  await writeFile(files.deskConfig, `${JSON.stringify(config, undefined, 2)}\n`)
}
