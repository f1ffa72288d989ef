import type { SignatureAlgorithm } from "../../src-protocol/crypto-port.ts"
import { HOUR, SECOND, type Instant } from "../../src-protocol/instant.ts"
import type { Issuer } from "./certificate-builder.ts"
import {
  bitString,
  context,
  enumerated,
  generalizedTime,
  integer,
  sequence,
  sequenceOf,
  time,
  unsignedInteger,
  type Der,
} from "./der.ts"
import { authorityKeyIdentifier, encodeExtension, type Extension } from "./extensions.ts"
import { encodeName } from "./name.ts"
import { OID } from "./oids.ts"
import { algorithmIdentifier, signBytes } from "./sign-bytes.ts"

/** The reasons of a CRL entry that a register would give (RFC 5280 §5.3.1). */
export const REVOCATION_REASONS = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  privilegeWithdrawn: 9,
} as const

export type RevocationReason = keyof typeof REVOCATION_REASONS

export interface CrlEntry {
  /** Hexadecimal. */
  readonly serialNumber: string
  readonly revokedAt: Instant
  /** CIBG gives none. */
  readonly reason?: RevocationReason
}

/** All that a CRL says. Nothing is checked: tests build what no authority would. */
export interface CrlContent {
  readonly number: bigint | number
  readonly thisUpdate: Instant
  /** Two days after thisUpdate when left out (CPS §4.9.7). */
  readonly nextUpdate?: Instant
  readonly entries: readonly CrlEntry[]
  /** From when on expired certificates stay listed (X.509 §9.5.2.8). */
  readonly expiredCertificatesSince?: Instant
  readonly signatureAlgorithm?: SignatureAlgorithm
  readonly changeExtensions?: (usual: readonly Extension[]) => readonly Extension[]
}

const NEXT_UPDATE_AFTER = 48 * HOUR

/** A certificate revocation list v2 as DER (RFC 5280 §5), signed by `issuer`; holds any number of entries. */
export async function buildCrl(
  content: CrlContent,
  issuer: Issuer & { readonly keyIdentifier: Uint8Array },
): Promise<Uint8Array> {
  const algorithm = content.signatureAlgorithm ?? { scheme: "rsa-pkcs1", hash: "sha-256" }
  const usual = crlExtensions(content, issuer.keyIdentifier)
  const extensions = content.changeExtensions?.(usual) ?? usual
  const toBeSigned = sequence(
    integer(1),
    algorithmIdentifier(algorithm),
    encodeName(issuer.name),
    time(wholeSeconds(content.thisUpdate)),
    time(wholeSeconds(content.nextUpdate ?? content.thisUpdate + NEXT_UPDATE_AFTER)),
    ...(content.entries.length === 0 ? [] : [sequenceOf(content.entries.map(encodeEntry))]),
    context(0, sequence(...extensions.map(encodeExtension))),
  )
  const signature = await signBytes(issuer.privateKey, algorithm, toBeSigned)
  return sequence(toBeSigned, algorithmIdentifier(algorithm), bitString(signature))
}

function wholeSeconds(instant: Instant): Instant {
  return Math.floor(instant / SECOND) * SECOND
}

function crlExtensions(content: CrlContent, keyIdentifier: Uint8Array): readonly Extension[] {
  const since = content.expiredCertificatesSince
  return [
    authorityKeyIdentifier(keyIdentifier),
    { oid: OID.cRLNumber, critical: false, value: integer(content.number) },
    ...(since === undefined
      ? []
      : [{ oid: OID.expiredCertsOnCRL, critical: false, value: generalizedTime(wholeSeconds(since)) }]),
  ]
}

function encodeEntry(entry: CrlEntry): Der {
  const serialNumber = unsignedInteger(Buffer.from(entry.serialNumber, "hex"))
  return sequence(serialNumber, time(wholeSeconds(entry.revokedAt)), ...reasonExtensions(entry.reason))
}

function reasonExtensions(reason: RevocationReason | undefined): readonly Der[] {
  if (reason === undefined) return []
  const value = enumerated(REVOCATION_REASONS[reason])
  return [sequence(encodeExtension({ oid: OID.reasonCode, critical: false, value }))]
}
