import { existsSync } from "node:fs"
import { knownModules } from "../../native/pkcs11/known-modules.ts"
import { note, right, type Finding } from "./finding.ts"

/** Which card software this machine has, where no card was named to look at. */
export function examineMachine(
  platform: NodeJS.Platform = process.platform,
  exists = existsSync,
): readonly Finding[] {
  const found = knownModules(platform).filter(({ path }) => exists(path))
  if (found.length === 0) {
    const advice = "for a real pass install SafeSign of its issuer; for test cards install SoftHSM 2"
    return [note("card software", "none that we know is installed", advice)]
  }
  return found.map(({ name, path }) => {
    const next =
      name === "SoftHSM" ? "vrijgave doctor --softhsm DIRECTORY" : `vrijgave doctor --module ${path}`
    return right("card software", `${name} is installed; look at its cards with: ${next}`)
  })
}
