import { hexOf } from "./bytes.ts"
import type { Certificate } from "./certificate.ts"
import type { CryptoPort } from "./crypto-port.ts"
import { ATTRIBUTE, attributeOf } from "./distinguished-name.ts"
import { ProtocolError } from "./errors.ts"
import type { Instant } from "./instant.ts"
import { professionOf } from "./uzi/professions.ts"
import { readUziName } from "./uzi/read-uzi-extension.ts"
import type { UziName } from "./uzi/uzi-name.ts"

/** Who a certificate says its holder is: what the clinician and the patient are shown. */
export interface SignerIdentity {
  readonly name: string
  /** The form of address or professional title in the certificate; shown, never decided upon. */
  readonly title?: string
  readonly organisation?: string
  /** Empty where the certificate has no readable UZI name. */
  readonly uziNumber: string
  readonly subscriberNumber: string
  readonly roleCode: string
  readonly agbCode: string
  /** The profession of the role code, in Dutch; empty where it is unknown. */
  readonly profession: string
  readonly certificate: Uint8Array
  readonly certificateSha256: string
  readonly notBefore: Instant
  readonly notAfter: Instant
}

/** Reads the holder out of a certificate. Nothing is checked: who it is rests on the verdict beside it. */
export async function identifySigner(
  crypto: Pick<CryptoPort, "digest">,
  certificate: Certificate,
): Promise<SignerIdentity> {
  const uziName = uziNameIfAny(certificate)
  const title = attributeOf(certificate.subject, ATTRIBUTE.title)
  const organisation = attributeOf(certificate.subject, ATTRIBUTE.organisation)
  return {
    name: attributeOf(certificate.subject, ATTRIBUTE.commonName) ?? "",
    ...(title === undefined ? {} : { title }),
    ...(organisation === undefined ? {} : { organisation }),
    uziNumber: uziName?.uziNumber ?? "",
    subscriberNumber: uziName?.subscriberNumber ?? "",
    roleCode: uziName?.roleCode ?? "",
    agbCode: uziName?.agbCode ?? "",
    profession: professionOf(uziName?.roleCode ?? "")?.dutch ?? "",
    certificate: certificate.der,
    certificateSha256: hexOf(await certificateSha256(crypto, certificate)),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
  }
}

/** SHA-256 of a certificate; of the same one it is reckoned once, for a verdict asks twice. */
export async function certificateSha256(
  crypto: Pick<CryptoPort, "digest">,
  { der, found }: Certificate,
): Promise<Uint8Array> {
  found.sha256 ??= await crypto.digest("sha-256", der)
  return found.sha256
}

function uziNameIfAny(certificate: Certificate): UziName | undefined {
  try {
    return readUziName(certificate)
  } catch (cause) {
    if (cause instanceof ProtocolError) return undefined
    throw cause
  }
}
