import { equalBytes, hexOf } from "./bytes.ts"
import { checkSerial, naturalNumber, smallNumber, timeValue, wholeBitString } from "./der-values.ts"
import { readDistinguishedName, type DistinguishedName } from "./distinguished-name.ts"
import { ProtocolError } from "./errors.ts"
import {
  EXTENSION,
  extensionOf,
  readAuthorityKeyIdentifier,
  readExtension,
  readExtensions,
  type Extension,
} from "./extensions.ts"
import type { Instant } from "./instant.ts"
import { contextTag, DerFields, malformedDer, rawBytes, readDer, TAG, type DerNode } from "./read-der.ts"
import { RevokedSerials } from "./revoked-serials.ts"

/** What we take from a certificate revocation list (RFC 5280 section 5). */
export interface RevocationList {
  readonly der: Uint8Array
  readonly tbs: Uint8Array
  readonly signatureIdentifier: Uint8Array
  readonly signatureIdentifiersAgree: boolean
  readonly signature: Uint8Array
  readonly issuer: DistinguishedName
  readonly thisUpdate: Instant
  /** `undefined` where the list does not say; such a list is never fresh. */
  readonly nextUpdate: Instant | undefined
  readonly extensions: readonly Extension[]
  /** The cRLNumber, `undefined` where the list has none. */
  readonly number: bigint | undefined
  readonly authorityKeyIdentifier: Uint8Array | undefined
  /** Serial number (hex of the INTEGER content) → when it was revoked. */
  readonly revoked: Pick<RevokedSerials, "get" | "has" | "size">
  /** Whether some entry has an extension that we do not understand and must, or that only odd lists have. */
  readonly hasOddEntry: boolean
}

export const MAX_CRL_BYTES = 32 * 1024 * 1024

const read = new WeakMap<Uint8Array, RevocationList>()

/**
 * Reads a DER CertificateList that fills `der` wholly; throws `malformed-crl`. Lists are large and judged often:
 * the same `Uint8Array` is read once.
 */
export function readCrl(der: Uint8Array): RevocationList {
  const known = read.get(der)
  if (known !== undefined) return known
  if (der.length > MAX_CRL_BYTES) throw new ProtocolError("malformed-crl", "the revocation list is too large")
  try {
    const list = readOuter(der)
    read.set(der, list)
    return list
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    throw new ProtocolError("malformed-crl", cause.message, { cause })
  }
}

function readOuter(der: Uint8Array): RevocationList {
  const outer = new DerFields(readDer(der, "the revocation list"), "the revocation list")
  const tbs = outer.next(TAG.sequence, "its signed part")
  const signatureIdentifier = rawBytes(outer.next(TAG.sequence, "its signature algorithm"))
  const signature = wholeBitString(
    outer.next(TAG.bitString, "its signature"),
    "the revocation list's signature",
  )
  outer.end()
  const { innerIdentifier, ...inner } = readSignedPart(tbs)
  const signatureIdentifiersAgree = equalBytes(signatureIdentifier, innerIdentifier)
  return { der, tbs: rawBytes(tbs), signatureIdentifier, signatureIdentifiersAgree, signature, ...inner }
}

type SignedPart = Omit<
  RevocationList,
  "der" | "tbs" | "signatureIdentifier" | "signatureIdentifiersAgree" | "signature"
>

function readSignedPart(node: DerNode): SignedPart & { readonly innerIdentifier: Uint8Array } {
  const fields = new DerFields(node, "the revocation list")
  if (smallNumber(fields.next(TAG.integer, "its version"), "the version") !== 1)
    throw malformedDer("it is not version 2")
  const innerIdentifier = rawBytes(fields.next(TAG.sequence, "its signature algorithm"))
  const issuer = readDistinguishedName(fields.next(TAG.sequence, "its issuer"), "the list's issuer")
  const thisUpdate = timeValue(fields.any("its thisUpdate"), "thisUpdate")
  const nextUpdate = readNextUpdate(fields)
  const entries = readEntries(fields.optional(TAG.sequence, "its entries"))
  const extensions = readExtensions(fields.optional(contextTag(0), "its extensions"), "the list's extensions")
  fields.end()
  return {
    innerIdentifier,
    issuer,
    thisUpdate,
    nextUpdate,
    ...entries,
    extensions,
    ...readNumbers(extensions),
  }
}

function readNextUpdate(fields: DerFields): Instant | undefined {
  const node =
    fields.optional(TAG.utcTime, "its nextUpdate") ?? fields.optional(TAG.generalizedTime, "its nextUpdate")
  return node === undefined ? undefined : timeValue(node, "nextUpdate")
}

function readNumbers(
  extensions: readonly Extension[],
): Pick<RevocationList, "number" | "authorityKeyIdentifier"> {
  const number = extensionOf(extensions, EXTENSION.crlNumber)
  const keyIdentifier = extensionOf(extensions, EXTENSION.authorityKeyIdentifier)
  return {
    number: number === undefined ? undefined : naturalNumber(readDer(number.value, "cRLNumber"), "cRLNumber"),
    authorityKeyIdentifier:
      keyIdentifier === undefined ? undefined : readAuthorityKeyIdentifier(keyIdentifier.value),
  }
}

/** A serial number of one byte and a UTCTime: no entry is shorter. */
const SHORTEST_ENTRY_BYTES = 20

function readEntries(list: DerNode | undefined): Pick<RevocationList, "revoked" | "hasOddEntry"> {
  if (list === undefined) return { revoked: new RevokedSerials(new Uint8Array(), 0), hasOddEntry: false }
  const most = Math.ceil((list.end - list.contentStart) / SHORTEST_ENTRY_BYTES)
  const revoked = new RevokedSerials(list.buffer, most)
  let hasOddEntry = false
  const entries = new DerFields(list, "the entries")
  while (!entries.atEnd()) {
    const fields = new DerFields(entries.next(TAG.sequence, "an entry"), "an entry")
    const serial = fields.next(TAG.integer, "its serial number")
    checkSerial(serial, "an entry's serial number")
    const revokedAt = timeValue(fields.any("its date"), "an entry's date")
    const extensions = fields.optional(TAG.sequence, "its extensions")
    fields.end()
    revoked.add(serial.contentStart, serial.end - serial.contentStart, revokedAt)
    hasOddEntry ||= extensions !== undefined && isOdd(extensions)
  }
  return { revoked, hasOddEntry }
}

const REMOVE_FROM_CRL = 8

/** An entry of an indirect list (certificateIssuer, critical), of a delta list (removeFromCRL), or one with a riddle. */
function isOdd(extensions: DerNode): boolean {
  const fields = new DerFields(extensions, "an entry's extensions")
  let odd = false
  while (!fields.atEnd()) {
    const { oid, critical, value } = readExtension(
      fields.next(TAG.sequence, "an extension"),
      "an entry's extensions",
    )
    const isReason = oid === EXTENSION.reasonCode
    const reason = isReason ? smallNumber(readDer(value, "a reason"), "a reason", TAG.enumerated) : undefined
    odd ||= (critical && !isReason) || reason === REMOVE_FROM_CRL
  }
  return odd
}

/** The name under which a list is kept and asked for: the issuer's subject key identifier, lower-case hex. */
export function issuerKeyIdOf(list: RevocationList): string | undefined {
  return list.authorityKeyIdentifier === undefined ? undefined : hexOf(list.authorityKeyIdentifier)
}
