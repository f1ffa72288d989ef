import { DAY, SECOND, type Instant } from "../../src-protocol/instant.ts"
import type { SignatureAlgorithm } from "../../src-protocol/crypto-port.ts"
import { CPS_URI, TEST_OCSP, type Authority } from "./authority.ts"
import { buildCertificate, type CertificateContent, type IssuedCertificate } from "./certificate-builder.ts"
import {
  authorityInfoAccess,
  authorityKeyIdentifier,
  basicConstraints,
  certificatePolicies,
  crlDistributionPoint,
  extendedKeyUsage,
  keyIdentifier,
  keyUsage,
  qcStatements,
  subjectAltName,
  subjectKeyIdentifier,
  uziOtherName,
  userPrincipalName,
  type Extension,
  type KeyUsageBit,
} from "./extensions.ts"
import { printable, utf8, type NameAttribute } from "./name.ts"
import { OID, TEST_ENVIRONMENT } from "./oids.ts"

/** The three certificates of a pass (CPS §1.1.2). */
export type CertificateUse = "authenticiteit" | "handtekening" | "vertrouwelijkheid"

/** Who a pass is made out to, and in what capacity (CPS §3.1, §7.1.5). */
export interface PassHolder {
  readonly givenName: string
  readonly surname: string
  readonly commonName: string
  /** The form of address of a care professional's pass; staff have none. */
  readonly title?: string
  readonly organisation: string
  readonly uziNumber: string
  readonly passType: "Z" | "N" | "M" | "S"
  readonly subscriberNumber: string
  readonly roleCode: string
  readonly agbCode: string
}

export interface UziCertificateRequest {
  readonly use: CertificateUse
  readonly holder: PassHolder
  readonly publicKeySpki: Uint8Array
  readonly notBefore: Instant
  /** 1095 days when left out. */
  readonly validForDays?: number
  /** The OID of the authority in the UZI name; that of the issuing authority's kind of pass when left out. */
  readonly authorityOid?: string
  /** The statements of a qualified certificate, on a handtekening only; with them when left out. */
  readonly qcStatements?: boolean
  readonly signatureAlgorithm?: SignatureAlgorithm
  /** Anything that must differ from the usual; the extensions as a function of the usual ones. */
  readonly change?: Partial<CertificateContent>
  readonly changeExtensions?: (usual: readonly Extension[]) => readonly Extension[]
}

export const USUAL_VALIDITY_DAYS = 1095

const PDS_URL = "https://www.vrijgave.test/pds.html"
const NOTICE =
  "Certificaat uitsluitend voor proeven met Vrijgave (TEST). Het wijst geen bestaande persoon aan en geeft geen enkele zekerheid."

const PROFILE_OF_USE: Readonly<
  Record<CertificateUse, { keyUsage: readonly KeyUsageBit[]; purposes: readonly string[]; policy: string }>
> = {
  authenticiteit: {
    keyUsage: ["digitalSignature"],
    purposes: [OID.clientAuth, OID.emailProtection, OID.microsoftDocumentSigning],
    policy: TEST_ENVIRONMENT.authenticiteitPolicy,
  },
  handtekening: {
    keyUsage: ["nonRepudiation"],
    purposes: [OID.emailProtection, OID.microsoftDocumentSigning],
    policy: TEST_ENVIRONMENT.handtekeningPolicy,
  },
  vertrouwelijkheid: {
    keyUsage: ["keyEncipherment", "dataEncipherment"],
    purposes: [OID.emailProtection, OID.microsoftEncryptedFiles],
    policy: TEST_ENVIRONMENT.vertrouwelijkheidPolicy,
  },
}

/** A UZI-shaped certificate of one pass: CIBG's profile as measured, with our names and addresses. */
export async function buildUziCertificate(
  authority: Authority,
  request: UziCertificateRequest,
): Promise<IssuedCertificate> {
  const usual = uziExtensions(authority, request)
  const notBefore = Math.floor(request.notBefore / SECOND) * SECOND
  const { signatureAlgorithm } = request
  const content: CertificateContent = {
    subject: uziSubject(request.holder),
    publicKeySpki: request.publicKeySpki,
    notBefore,
    notAfter: notBefore + (request.validForDays ?? USUAL_VALIDITY_DAYS) * DAY,
    extensions: request.changeExtensions?.(usual) ?? usual,
    ...(signatureAlgorithm === undefined ? {} : { signatureAlgorithm }),
    ...request.change,
  }
  return await buildCertificate(content, authority)
}

/** The subject of a pass: order and string types as measured on CIBG's own. */
export function uziSubject(holder: PassHolder): readonly NameAttribute[] {
  return [
    printable(OID.countryName, "NL"),
    utf8(OID.organizationName, holder.organisation),
    ...(holder.title === undefined ? [] : [utf8(OID.title, holder.title)]),
    utf8(OID.surname, holder.surname),
    utf8(OID.givenName, holder.givenName),
    printable(OID.serialNumber, holder.uziNumber),
    utf8(OID.commonName, holder.commonName),
  ]
}

/** The UZI name: `<authority>-1-<UZI number>-<pass type>-<subscriber>-<role>-<AGB>` (CPS §7.1.5). */
export function printUziName(holder: PassHolder, authorityOid = authorityOidOf(holder)): string {
  const { uziNumber, passType, subscriberNumber, roleCode, agbCode } = holder
  return [authorityOid, "1", uziNumber, passType, subscriberNumber, roleCode, agbCode].join("-")
}

function authorityOidOf(holder: PassHolder): string {
  return holder.passType === "Z" ? TEST_ENVIRONMENT.zorgverlenerCa : TEST_ENVIRONMENT.medewerkerOpNaamCa
}

/** The extensions of a pass's certificate, in the order of CIBG's test pass of 2017. */
function uziExtensions(authority: Authority, request: UziCertificateRequest): readonly Extension[] {
  const profile = PROFILE_OF_USE[request.use]
  const withQc = request.use === "handtekening" && (request.qcStatements ?? true)
  return [
    passNames(request),
    authorityInfoAccess({ caIssuers: authority.certificateUrl, ocsp: TEST_OCSP }),
    subjectKeyIdentifier(keyIdentifier(request.publicKeySpki)),
    basicConstraints(),
    authorityKeyIdentifier(authority.keyIdentifier),
    certificatePolicies({ oid: profile.policy, cpsUri: CPS_URI, notice: NOTICE }),
    crlDistributionPoint(authority.crlUrl),
    keyUsage(...profile.keyUsage),
    extendedKeyUsage(...profile.purposes),
    ...(withQc ? [qcStatements(PDS_URL)] : []),
  ]
}

function passNames(request: UziCertificateRequest): Extension {
  const { holder } = request
  const uziName = uziOtherName(printUziName(holder, request.authorityOid))
  const login = userPrincipalName(`${holder.uziNumber}@${holder.subscriberNumber}`)
  return request.use === "authenticiteit" ? subjectAltName(login, uziName) : subjectAltName(uziName)
}
