import { randomBytes, type KeyObject } from "node:crypto"
import type { SignatureAlgorithm } from "../../src-protocol/crypto-port.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import { bitString, context, integer, sequence, time, unsignedInteger, type Der } from "./der.ts"
import { encodeExtension, type Extension } from "./extensions.ts"
import { encodeName, type NameAttribute } from "./name.ts"
import { algorithmIdentifier, signBytes } from "./sign-bytes.ts"

/** All that a certificate says. Nothing is checked: tests build what no authority would. */
export interface CertificateContent {
  readonly subject: readonly NameAttribute[]
  readonly publicKeySpki: Uint8Array
  readonly notBefore: Instant
  readonly notAfter: Instant
  readonly extensions: readonly Extension[]
  /** The magnitude of the serial number; drawn when left out: 20 bytes, positive. */
  readonly serialNumber?: Uint8Array
  /** v3 when left out. */
  readonly version?: 1 | 2 | 3
  readonly signatureAlgorithm?: SignatureAlgorithm
}

/** Who signs: a name, and the key behind it. */
export interface Issuer {
  readonly name: readonly NameAttribute[]
  readonly privateKey: KeyObject
}

/** A certificate, and the pieces that a token stores beside it. */
export interface IssuedCertificate {
  readonly der: Uint8Array
  /** Lower-case hexadecimal, without leading zero octets. */
  readonly serialNumber: string
  readonly serialNumberDer: Der
  readonly subjectDer: Der
  readonly issuerDer: Der
}

const USUAL_ALGORITHM: SignatureAlgorithm = { scheme: "rsa-pkcs1", hash: "sha-256" }
const SERIAL_NUMBER_BYTES = 20

/** A certificate as DER (RFC 5280 §4.1), signed by `issuer`. */
export async function buildCertificate(
  content: CertificateContent,
  issuer: Issuer,
): Promise<IssuedCertificate> {
  const serial = content.serialNumber ?? drawSerialNumber()
  const algorithm = content.signatureAlgorithm ?? USUAL_ALGORITHM
  const pieces = {
    serialNumberDer: unsignedInteger(serial),
    issuerDer: encodeName(issuer.name),
    subjectDer: encodeName(content.subject),
  }
  const toBeSigned = encodeToBeSigned(content, algorithm, pieces)
  const signature = await signBytes(issuer.privateKey, algorithm, toBeSigned)
  const der = sequence(toBeSigned, algorithmIdentifier(algorithm), bitString(signature))
  return { der, serialNumber: printSerialNumber(serial), ...pieces }
}

interface Pieces {
  readonly serialNumberDer: Der
  readonly issuerDer: Der
  readonly subjectDer: Der
}

function encodeToBeSigned(content: CertificateContent, algorithm: SignatureAlgorithm, pieces: Pieces): Der {
  const version = (content.version ?? 3) - 1
  const { extensions } = content
  return sequence(
    ...(version === 0 ? [] : [context(0, integer(version))]),
    pieces.serialNumberDer,
    algorithmIdentifier(algorithm),
    pieces.issuerDer,
    sequence(time(content.notBefore), time(content.notAfter)),
    pieces.subjectDer,
    content.publicKeySpki,
    ...(extensions.length === 0 ? [] : [context(3, sequence(...extensions.map(encodeExtension)))]),
  )
}

function drawSerialNumber(): Uint8Array {
  const serial = new Uint8Array(randomBytes(SERIAL_NUMBER_BYTES))
  // The first octet between 0x40 and 0x7f: positive, and always the same length.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  return serial
}

function printSerialNumber(serial: Uint8Array): string {
  return Buffer.from(serial)
    .toString("hex")
    .replace(/^(00)+(?=..)/, "")
}
