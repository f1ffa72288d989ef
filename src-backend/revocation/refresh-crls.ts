import type { Backend } from "../backend.ts"
import { faultLine } from "../http/log.ts"
import { readCrlSource, type CrlSource } from "./crl-source.ts"

/** Reads every source once and takes what is newer. A source that fails is logged; the others are read all the same. */
export async function refreshCrls(backend: Backend): Promise<void> {
  try {
    await backend.beforeCrlRefresh?.()
  } catch (error) {
    backend.log(faultLine("before-crl-refresh", error))
  }
  for (const [number, source] of backend.config.crlSources.entries())
    await refreshFrom(backend, source, number)
}

async function refreshFrom(backend: Backend, source: CrlSource, number: number): Promise<void> {
  try {
    for (const der of await readCrlSource(source, backend.stopping)) {
      const outcome = await backend.crls.offer(der)
      if (outcome !== "unchanged") backend.log({ is: "revocation-list", source: number, outcome })
    }
  } catch (error) {
    backend.log({ is: "revocation-list", source: number, outcome: "source-failed" })
    backend.log(faultLine("crl-source", error))
  }
}
