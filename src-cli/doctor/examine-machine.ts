import { existsSync } from "node:fs"
import { knownModules } from "../../native/pkcs11/known-modules.ts"
import type { Readers } from "../../src-main/card/readers.ts"
import { examineReaders } from "./examine-line.ts"
import { note, right, type Finding } from "./finding.ts"

/** Which readers and card software this machine has, where no card was named to look at. */
export function examineMachine(
  readers: Readers,
  platform: NodeJS.Platform = process.platform,
  exists = existsSync,
): readonly Finding[] {
  const found = knownModules(platform).filter(({ path }) => exists(path))
  if (found.length === 0) {
    const advice = "for a real pass install SafeSign of its issuer; for test cards install SoftHSM 2"
    return [...examineReaders(readers), note("card software", "none that we know is installed", advice)]
  }
  const software = found.map(({ name, path }) => {
    const next =
      name === "SoftHSM" ? "vrijgave doctor --softhsm DIRECTORY" : `vrijgave doctor --module ${path}`
    return right("card software", `${name} is installed; look at its cards with: ${next}`)
  })
  return [...examineReaders(readers), ...software]
}
