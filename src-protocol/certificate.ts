import { equalBytes } from "./bytes.ts"
import { serialHex, smallNumber, timeValue, wholeBitString } from "./der-values.ts"
import { readDistinguishedName, type DistinguishedName } from "./distinguished-name.ts"
import { ProtocolError } from "./errors.ts"
import {
  EXTENSION,
  extensionOf,
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readExtensions,
  readKeyUsage,
  readSubjectKeyIdentifier,
  type BasicConstraints,
  type Extension,
} from "./extensions.ts"
import type { Instant } from "./instant.ts"
import { once } from "./once.ts"
import { readPublicKey, type PublicKey } from "./public-key.ts"
import { contextTag, DerFields, rawBytes, readDer, TAG, type DerNode } from "./read-der.ts"
import type { UziName } from "./uzi/uzi-name.ts"

/** What we take from an X.509 certificate (RFC 5280 section 4.1). Everything is a view on `der`. */
export interface Certificate {
  readonly der: Uint8Array
  /** The bytes under the issuer's signature. */
  readonly tbs: Uint8Array
  /** 1, 2 or 3. */
  readonly version: number
  /** The content bytes of the INTEGER, in hex. */
  readonly serialNumber: string
  /** AlgorithmIdentifier of the issuer's signature, DER. */
  readonly signatureIdentifier: Uint8Array
  /** Whether the identifier within the signed bytes is the same one (RFC 5280 section 4.1.1.2). */
  readonly signatureIdentifiersAgree: boolean
  readonly signature: Uint8Array
  readonly issuer: DistinguishedName
  readonly subject: DistinguishedName
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
  readonly publicKey: PublicKey
  readonly extensions: readonly Extension[]
  /** Of the extensions that are asked for again and again, what they say: read once. Each throws `malformed-der`. */
  readonly says: ExtensionReaders
  /** What those who read further found out. It goes with the certificate. */
  readonly found: FoundLater
}

interface FoundLater {
  sha256?: Uint8Array
  spkiSha256?: string
  uziName?: UziName
}

/** Each answers `undefined` where the certificate has no such extension. */
interface ExtensionReaders {
  readonly keyUsage: () => readonly number[] | undefined
  readonly basicConstraints: () => BasicConstraints | undefined
  readonly subjectKeyIdentifier: () => Uint8Array | undefined
  /** `undefined` too where the extension names no key. */
  readonly authorityKeyIdentifier: () => Uint8Array | undefined
}

export const MAX_CERTIFICATE_BYTES = 8 * 1024

/**
 * Reads one certificate that fills `der` wholly. Its form is checked, no rule is: an extension's content is read
 * only where a rule asks for it. Throws `malformed-certificate`.
 */
export function readCertificate(der: Uint8Array): Certificate {
  if (der.length > MAX_CERTIFICATE_BYTES) {
    throw new ProtocolError(
      "malformed-certificate",
      `a certificate of ${String(der.length)} bytes is too large`,
    )
  }
  try {
    return readOuter(der)
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    throw new ProtocolError("malformed-certificate", cause.message, { cause })
  }
}

function readOuter(der: Uint8Array): Certificate {
  const outer = new DerFields(readDer(der, "the certificate"), "the certificate")
  const tbs = outer.next(TAG.sequence, "its signed part")
  const signatureIdentifier = rawBytes(outer.next(TAG.sequence, "its signature algorithm"))
  const signature = wholeBitString(outer.next(TAG.bitString, "its signature"), "the certificate's signature")
  outer.end()
  const { innerIdentifier, ...inner } = readSignedPart(tbs)
  return {
    der,
    tbs: rawBytes(tbs),
    signatureIdentifier,
    signatureIdentifiersAgree: equalBytes(signatureIdentifier, innerIdentifier),
    signature,
    ...inner,
    says: readersOf(inner.extensions),
    found: {},
  }
}

function readersOf(extensions: readonly Extension[]): ExtensionReaders {
  const reader = <T>(oid: string, read: (value: Uint8Array) => T): (() => T | undefined) =>
    once(() => {
      const extension = extensionOf(extensions, oid)
      return extension === undefined ? undefined : read(extension.value)
    })
  return {
    keyUsage: reader(EXTENSION.keyUsage, readKeyUsage),
    basicConstraints: reader(EXTENSION.basicConstraints, readBasicConstraints),
    subjectKeyIdentifier: reader(EXTENSION.subjectKeyIdentifier, readSubjectKeyIdentifier),
    authorityKeyIdentifier: reader(EXTENSION.authorityKeyIdentifier, readAuthorityKeyIdentifier),
  }
}

type SignedPart = Pick<
  Certificate,
  | "version"
  | "serialNumber"
  | "issuer"
  | "subject"
  | "notBefore"
  | "notAfter"
  | "spki"
  | "publicKey"
  | "extensions"
>

function readSignedPart(node: DerNode): SignedPart & { readonly innerIdentifier: Uint8Array } {
  const fields = new DerFields(node, "the certificate")
  const version = readVersion(fields.optional(contextTag(0), "its version"))
  const serialNumber = serialHex(
    fields.next(TAG.integer, "its serial number"),
    "the certificate's serial number",
  )
  const innerIdentifier = rawBytes(fields.next(TAG.sequence, "its signature algorithm"))
  const issuer = readDistinguishedName(fields.next(TAG.sequence, "its issuer"), "the issuer")
  const { notBefore, notAfter } = readValidity(fields.next(TAG.sequence, "its validity"))
  const subject = readDistinguishedName(fields.next(TAG.sequence, "its subject"), "the subject")
  const spki = rawBytes(fields.next(TAG.sequence, "its public key"))
  fields.optional(contextTag(1, "primitive"), "its issuer's unique identifier")
  fields.optional(contextTag(2, "primitive"), "its subject's unique identifier")
  const extensions = readExtensions(
    fields.optional(contextTag(3), "its extensions"),
    "the certificate's extensions",
  )
  fields.end()
  const publicKey = readPublicKey(spki)
  return {
    version,
    serialNumber,
    innerIdentifier,
    issuer,
    subject,
    notBefore,
    notAfter,
    spki,
    publicKey,
    extensions,
  }
}

function readVersion(node: DerNode | undefined): number {
  if (node === undefined) return 1
  const fields = new DerFields(node, "the certificate's version", contextTag(0))
  const version = smallNumber(fields.next(TAG.integer, "its number"), "the certificate's version")
  fields.end()
  return version + 1
}

function readValidity(node: DerNode): { notBefore: Instant; notAfter: Instant } {
  const fields = new DerFields(node, "the validity")
  const notBefore = timeValue(fields.any("its beginning"), "the validity's beginning")
  const notAfter = timeValue(fields.any("its end"), "the validity's end")
  fields.end()
  return { notBefore, notAfter }
}
