import type { Certificate } from "./certificate.ts"
import { keyUsageOf } from "./check-chain.ts"
import { ATTRIBUTE, attributeOf } from "./distinguished-name.ts"
import { ProtocolError } from "./errors.ts"
import {
  EXTENSION,
  extensionOf,
  KEY_USAGE,
  readExtendedKeyUsage,
  readPolicies,
  readQcStatements,
} from "./extensions.ts"
import type { Instant } from "./instant.ts"
import { asCode } from "./read-signed-data.ts"
import type { Environment } from "./uzi/environments.ts"
import { articleAt } from "./uzi/professions.ts"
import { readUziName } from "./uzi/read-uzi-extension.ts"
import type { PassType, UziName } from "./uzi/uzi-name.ts"

/** Which of a pass's key pairs a certificate must be for. */
export type CertificateUse = "signature" | "authentication"

/** CPS 10.3, tables 4 and 8: exactly this bit, and at least one of these purposes where purposes are stated. */
const KEY_RULES: Readonly<Record<CertificateUse, { bit: number; purposes: readonly string[] }>> = {
  signature: {
    bit: KEY_USAGE.nonRepudiation,
    // emailProtection, Microsoft documentSigning, id-kp-documentSigning (RFC 9336).
    purposes: ["1.3.6.1.5.5.7.3.4", "1.3.6.1.4.1.311.10.3.12", "1.3.6.1.5.5.7.3.36"],
  },
  authentication: { bit: KEY_USAGE.digitalSignature, purposes: ["1.3.6.1.5.5.7.3.2"] },
}

/** Throws `wrong-key-usage` unless the key may do just this and its owner is not an authority. */
export function checkKeyUsage(certificate: Certificate, use: CertificateUse): void {
  asCode("wrong-key-usage", () => {
    const wrong = (what: string): ProtocolError => new ProtocolError("wrong-key-usage", what)
    const { bit, purposes } = KEY_RULES[use]
    const bits = keyUsageOf(certificate)
    const critical = extensionOf(certificate.extensions, EXTENSION.keyUsage)?.critical === true
    if (!critical || bits.length !== 1 || bits[0] !== bit)
      throw wrong(`keyUsage is not exactly that of the ${use} key`)
    if (certificate.says.basicConstraints()?.authority === true) {
      throw wrong("the certificate is that of an authority")
    }
    const stated = extensionOf(certificate.extensions, EXTENSION.extendedKeyUsage)
    const fits =
      stated === undefined || readExtendedKeyUsage(stated.value).some((purpose) => purposes.includes(purpose))
    if (!fits) throw wrong(`extendedKeyUsage has no purpose of the ${use} key`)
  })
}

/** Throws `wrong-policy` unless the certificate was issued under the policy of this use in this environment. */
export function checkPolicy(certificate: Certificate, use: CertificateUse, environment: Environment): void {
  asCode("wrong-policy", () => {
    const wanted = use === "signature" ? environment.signaturePolicies : environment.authenticationPolicies
    const extension = extensionOf(certificate.extensions, EXTENSION.certificatePolicies)
    const found = extension === undefined ? [] : readPolicies(extension.value)
    if (!found.some((policy) => wanted.includes(policy))) {
      throw new ProtocolError(
        "wrong-policy",
        `policies ${found.join(", ") || "none"}; wanted ${wanted.join(" or ")}`,
      )
    }
  })
}

const QC_COMPLIANCE = "0.4.0.1862.1.1"
const QC_SSCD = "0.4.0.1862.1.4"
const QC_TYPE = "0.4.0.1862.1.6"
const QC_TYPE_ESIGN = "0.4.0.1862.1.6.1"

/** Throws `missing-qc-statements` unless it says: qualified, on a secure device, for signatures (EN 319 412-5 section 4.2). */
export function checkQcStatements(certificate: Certificate): void {
  asCode("missing-qc-statements", () => {
    const extension = extensionOf(certificate.extensions, EXTENSION.qcStatements)
    const statements =
      extension === undefined ? new Map<string, readonly string[]>() : readQcStatements(extension.value)
    const esign = statements.get(QC_TYPE)?.includes(QC_TYPE_ESIGN) === true
    if (!statements.has(QC_COMPLIANCE) || !statements.has(QC_SSCD) || !esign) {
      throw new ProtocolError(
        "missing-qc-statements",
        "QcCompliance, QcSSCD and QcType esign are not all there",
      )
    }
  })
}

const UZI_VERSION = "1"
const NO_ROLE = "00.000"

/** The UZI name, its values allowed in this environment; throws `not-a-uzi-certificate`. */
export function checkUziName(certificate: Certificate, environment: Environment): UziName {
  const name = readUziName(certificate)
  const notUzi = (what: string): ProtocolError => new ProtocolError("not-a-uzi-certificate", what)
  if (name.version !== UZI_VERSION) throw notUzi(`version ${name.version} of the UZI name is unknown`)
  if (!environment.authorityOids.has(name.authorityOid)) {
    throw notUzi(`authority ${name.authorityOid} is unknown in the ${environment.name} environment`)
  }
  const roleFits = name.passType === "Z" ? !name.roleCode.startsWith("00") : name.roleCode === NO_ROLE
  if (!roleFits) throw notUzi(`a pass of type ${name.passType} never has the role ${name.roleCode}`)
  return name
}

/** Throws `uzi-number-mismatch` unless the subject's serialNumber is the UZI number. */
export function checkUziNumber(certificate: Certificate, name: UziName): void {
  const serialNumber = attributeOf(certificate.subject, ATTRIBUTE.serialNumber)
  if (serialNumber !== name.uziNumber) {
    throw new ProtocolError("uzi-number-mismatch", "the subject's serialNumber is not the UZI number")
  }
}

/** Throws `wrong-pass-type` unless authority, name and issuing authority all say the pass of a care provider. */
export function checkPassType(name: UziName, issuedType: PassType, environment: Environment): void {
  const named = environment.authorityOids.get(name.authorityOid)
  if (named !== name.passType || name.passType !== issuedType || name.passType !== "Z") {
    throw new ProtocolError(
      "wrong-pass-type",
      `a pass of type ${name.passType}, named by an authority for ${named ?? "none"}`,
    )
  }
}

/** Throws `profession-not-article-3` unless the role was one of article 3 of the Wet BIG at that time. */
export function checkProfession(name: UziName, at: Instant): void {
  const article = articleAt(name.roleCode, at)
  if (article !== "3") {
    throw new ProtocolError(
      "profession-not-article-3",
      `role ${name.roleCode} falls under article ${article}`,
    )
  }
}
