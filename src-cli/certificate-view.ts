import { hexOf } from "../src-protocol/bytes.ts"
import type { Certificate } from "../src-protocol/certificate.ts"
import type { CryptoPort } from "../src-protocol/crypto-port.ts"
import { printDistinguishedName } from "../src-protocol/distinguished-name.ts"
import { ProtocolError } from "../src-protocol/errors.ts"
import {
  EXTENSION,
  extensionOf,
  readBasicConstraints,
  readExtendedKeyUsage,
  readKeyUsage,
  readPolicies,
} from "../src-protocol/extensions.ts"
import { printInstant, type Instant } from "../src-protocol/instant.ts"
import { articleAt, professionOf, type Article } from "../src-protocol/uzi/professions.ts"
import { readUziName } from "../src-protocol/uzi/read-uzi-extension.ts"
import { printUziName, type UziName } from "../src-protocol/uzi/uzi-name.ts"

/** What a person wants to see of a certificate. Nothing in it has been judged. */
export interface CertificateView {
  readonly subject: string
  readonly issuer: string
  readonly serialNumber: string
  readonly sha256: string
  readonly notBefore: string
  readonly notAfter: string
  readonly publicKey: string
  readonly authority: boolean
  readonly keyUsage: readonly string[]
  readonly extendedKeyUsage: readonly string[]
  readonly policies: readonly string[]
  /** The UZI name, in one piece and in parts, or why there is none. */
  readonly uziName: (UziName & { readonly text: string }) | { readonly none: string }
  readonly profession?: { readonly dutch: string; readonly english: string; readonly article: Article }
}

const KEY_USAGES = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
]

/** The view of a certificate; the article of the profession is that at `at`. */
export async function viewCertificate(
  crypto: Pick<CryptoPort, "digest">,
  certificate: Certificate,
  at: Instant,
): Promise<CertificateView> {
  const uziName = uziNameOf(certificate)
  const usages = readOr(certificate, EXTENSION.keyUsage, readKeyUsage, [])
  return {
    subject: printDistinguishedName(certificate.subject),
    issuer: printDistinguishedName(certificate.issuer),
    serialNumber: certificate.serialNumber,
    sha256: hexOf(await crypto.digest("sha-256", certificate.der)),
    notBefore: printInstant(certificate.notBefore),
    notAfter: printInstant(certificate.notAfter),
    publicKey: keyText(certificate),
    authority: readOr(
      certificate,
      EXTENSION.basicConstraints,
      (value) => readBasicConstraints(value).authority,
      false,
    ),
    keyUsage: usages.map((bit) => KEY_USAGES[bit] ?? `bit ${String(bit)}`),
    extendedKeyUsage: readOr(certificate, EXTENSION.extendedKeyUsage, readExtendedKeyUsage, []),
    policies: readOr(certificate, EXTENSION.certificatePolicies, readPolicies, []),
    uziName,
    ...("none" in uziName ? {} : professionAt(uziName.roleCode, at)),
  }
}

function keyText({ publicKey }: Certificate): string {
  switch (publicKey.is) {
    case "rsa":
      return `RSA, ${String(publicKey.modulusBits)} bits`
    case "ec":
      return publicKey.curve
    case "other":
      return "of a kind that we do not take"
  }
}

function uziNameOf(certificate: Certificate): CertificateView["uziName"] {
  try {
    const name = readUziName(certificate)
    return { ...name, text: printUziName(name) }
  } catch (cause) {
    if (cause instanceof ProtocolError) return { none: cause.message }
    throw cause
  }
}

function professionAt(roleCode: string, at: Instant): Pick<CertificateView, "profession"> {
  const profession = professionOf(roleCode)
  if (profession === undefined) return {}
  const { dutch, english } = profession
  return { profession: { dutch, english, article: articleAt(roleCode, at) } }
}

/** What cannot be read is shown as absent; judging gives the reason. */
function readOr<T>(certificate: Certificate, oid: string, read: (value: Uint8Array) => T, otherwise: T): T {
  const extension = extensionOf(certificate.extensions, oid)
  try {
    return extension === undefined ? otherwise : read(extension.value)
  } catch (cause) {
    if (cause instanceof ProtocolError) return otherwise
    throw cause
  }
}

/** The view for a person, a fact a line. */
export function certificateLines(view: CertificateView): readonly string[] {
  const { uziName, profession } = view
  return [
    `subject       ${view.subject}`,
    `issuer        ${view.issuer}`,
    `serial        ${view.serialNumber}`,
    `SHA-256       ${view.sha256}`,
    `valid         ${view.notBefore} to ${view.notAfter}`,
    `key           ${view.publicKey}${view.authority ? "; of an authority" : ""}`,
    `key usage     ${listText(view.keyUsage)}`,
    `purposes      ${listText(view.extendedKeyUsage)}`,
    `policies      ${listText(view.policies)}`,
    ...("none" in uziName ? [`UZI name      none: ${uziName.none}`] : uziLines(uziName)),
    ...(profession === undefined
      ? []
      : [
          `profession    ${profession.dutch} (${profession.english}), Wet BIG article: ${profession.article}`,
        ]),
  ]
}

function uziLines(name: UziName & { readonly text: string }): readonly string[] {
  return [
    `UZI name      ${name.text}`,
    `UZI number    ${name.uziNumber}, pass type ${name.passType}, subscriber ${name.subscriberNumber}`,
    `role          ${name.roleCode}, AGB ${name.agbCode}, authority ${name.authorityOid}`,
  ]
}

function listText(values: readonly string[]): string {
  return values.length === 0 ? "none" : values.join(", ")
}
