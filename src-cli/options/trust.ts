import { z } from "zod"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { ProtocolError } from "../../src-protocol/errors.ts"
import { readCertificate } from "../../src-protocol/certificate.ts"
import { readPemOrDer } from "../../src-protocol/pem.ts"
import {
  parseTrustProfile,
  productionProfile,
  testProfile,
  type TrustProfile,
} from "../../src-protocol/uzi/trust-profile.ts"
import type { Flag } from "../add-command.ts"
import { CliError } from "../cli-error.ts"
import { readNamedFile } from "../read-named-file.ts"
import { FileName } from "./values.ts"

/** The flags that say whom to believe. */
export const TRUST_FLAGS: readonly Flag[] = [
  { flags: "--root <file>", describes: "the root certificate to believe, PEM or DER" },
  { flags: "--trust <file>", describes: "a trust profile instead of a root: the trust.json of 'pki init'" },
]
export const TrustOptions = z.object({ root: FileName.optional(), trust: FileName.optional() })
export type TrustOptions = z.infer<typeof TrustOptions>

export const PROFILE_FLAG: Flag = {
  flags: "--profile <name>",
  describes: "test, or production: then the root must be the pinned one (default: test)",
}
export const ProfileName = z.enum(["test", "production"], "choose test or production").optional()
export type ProfileName = z.infer<typeof ProfileName>

/** The profile that the flags name, or `undefined` where neither is given. Throws usage errors. */
export async function readTrustIfGiven(
  { root, trust }: TrustOptions,
  profile?: ProfileName,
): Promise<TrustProfile | undefined> {
  if (root !== undefined && trust !== undefined)
    throw new CliError("usage", "Give --root or --trust, not both: each says whom to believe.")
  if (root !== undefined) return await readRoot(root, profile)
  return trust === undefined ? undefined : await readTrustFile(trust, profile)
}

/** As `readTrustIfGiven`; neither is a usage error. */
export async function readTrust(options: TrustOptions, profile?: ProfileName): Promise<TrustProfile> {
  const found = await readTrustIfGiven(options, profile)
  if (found !== undefined) return found
  throw new CliError(
    "usage",
    "Say whom to believe: --root FILE (a root certificate) or --trust FILE (a trust.json).",
  )
}

async function readRoot(path: string, profile: ProfileName): Promise<TrustProfile> {
  const anchors = await readCertificates(path, "--root")
  if (profile !== "production") return testProfile(anchors)
  try {
    return await productionProfile(nodeCrypto, anchors)
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    throw new CliError(
      "usage",
      `--root ${path}: ${cause.message}; production believes the pinned root alone`,
      { cause },
    )
  }
}

async function readTrustFile(path: string, profile: ProfileName): Promise<TrustProfile> {
  const bytes = await readNamedFile(path, "--trust")
  const trust = await parseTrustText(path, new TextDecoder().decode(bytes))
  if (profile === undefined || profile === trust.environment.name) return trust
  throw new CliError(
    "usage",
    `--trust ${path}: this is a profile for ${trust.environment.name}, not for ${profile}`,
  )
}

async function parseTrustText(path: string, text: string): Promise<TrustProfile> {
  try {
    return await parseTrustProfile(nodeCrypto, JSON.parse(text))
  } catch (cause) {
    if (!(cause instanceof ProtocolError) && !(cause instanceof SyntaxError)) throw cause
    throw new CliError("usage", `--trust ${path}: this is no trust profile (${cause.message})`, { cause })
  }
}

/** The certificates in a PEM bundle or DER file, each of them readable; anything else is a usage error. */
export async function readCertificates(path: string, option?: string): Promise<readonly Uint8Array[]> {
  const bytes = await readNamedFile(path, option)
  try {
    const certificates = readPemOrDer("CERTIFICATE", bytes)
    for (const der of certificates) readCertificate(der)
    return certificates
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    const named = option === undefined ? path : `${option} ${path}`
    throw new CliError("usage", `${named}: this is not a certificate, PEM or DER (${cause.message})`, {
      cause,
    })
  }
}
