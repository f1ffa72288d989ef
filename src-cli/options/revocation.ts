import { z } from "zod"
import type { Revocation } from "../../src-protocol/check-revocation.ts"
import { readCrl } from "../../src-protocol/crl.ts"
import { ProtocolError } from "../../src-protocol/errors.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import { readPemOrDer } from "../../src-protocol/pem.ts"
import type { Flag } from "../add-command.ts"
import { CliError } from "../cli-error.ts"
import { readNamedFile } from "../read-named-file.ts"
import { FileName, Time } from "./values.ts"

/** The flags that say at which time is judged, and by which lists. */
export const REVOCATION_FLAGS: readonly Flag[] = [
  { flags: "--crl <file>", describes: "a revocation list or a bundle of them, PEM or DER", repeatable: true },
  { flags: "--at <time>", describes: "judge as of this time, such as 2026-04-12T14:30:00Z (default: now)" },
]
export const RevocationOptions = z.object({ crl: z.array(FileName), at: Time.optional() })
export type RevocationOptions = z.infer<typeof RevocationOptions>

/** When is judged, and by which lists. */
export interface JudgingTime {
  readonly at: Instant
  readonly revocation: Revocation
}

/**
 * Reads the lists. Without `--at` they must be fresh now. With it they must be fresh at that time or, where a list is newer,
 * at its own date: a newer list knows the past too. Throws a usage error for what is no list.
 */
export async function readJudgingTime(options: RevocationOptions, now: Instant): Promise<JudgingTime> {
  const crls: Uint8Array[] = []
  for (const file of options.crl) crls.push(...(await readCrls(file)))
  const { at } = options
  if (at === undefined) return { at: now, revocation: { crls, checkedAt: now } }
  const newest = crls.reduce((latest, der) => Math.max(latest, readCrl(der).thisUpdate), at)
  return { at, revocation: { crls, checkedAt: newest } }
}

async function readCrls(path: string): Promise<readonly Uint8Array[]> {
  const bytes = await readNamedFile(path, "--crl")
  try {
    const crls = readPemOrDer("X509 CRL", bytes)
    for (const der of crls) readCrl(der)
    return crls
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    throw new CliError("usage", `--crl ${path}: this is no revocation list, PEM or DER (${cause.message})`, {
      cause,
    })
  }
}
