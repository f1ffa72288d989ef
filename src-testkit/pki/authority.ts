import type { KeyObject } from "node:crypto"
import type { Instant } from "../../src-protocol/instant.ts"
import { buildCertificate, type CertificateContent, type Issuer } from "./certificate-builder.ts"
import {
  authorityInfoAccess,
  authorityKeyIdentifier,
  basicConstraints,
  certificatePolicies,
  crlDistributionPoint,
  extendedKeyUsage,
  keyIdentifier,
  keyUsage,
  subjectKeyIdentifier,
  type Extension,
} from "./extensions.ts"
import { keyPairOf } from "./keys.ts"
import type { NameAttribute } from "./name.ts"
import { OID, TEST_ENVIRONMENT } from "./oids.ts"

/** Where things of the test hierarchy would be found; no such host exists. */
export const TEST_SITE = "http://pki.vrijgave.test"
export const TEST_OCSP = "http://ocsp.vrijgave.test"
export const CPS_URI = "https://www.vrijgave.test/cps.html"

/** An authority with its key: it issues certificates and CRLs. */
export interface Authority extends Issuer {
  /** Its name in files and addresses: `zorgverlener`. */
  readonly id: string
  readonly certificate: Uint8Array
  readonly publicKeySpki: Uint8Array
  /** Its subject key identifier, by which certificates and CRLs point to it. */
  readonly keyIdentifier: Uint8Array
  /** Where its CRL and certificate would be: the authority of that name, also for a look-alike. */
  readonly crlUrl: string
  readonly certificateUrl: string
}

export interface AuthorityRequest {
  readonly id: string
  /** The name in its addresses, where that is not its id. */
  readonly addressId?: string
  readonly name: readonly NameAttribute[]
  readonly privateKey: KeyObject
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** `undefined` for a root, which signs itself. */
  readonly parent: Authority | undefined
  /** Whether it issues passes: no authorities below it, and the purposes that CIBG's issuing authorities have. */
  readonly issuesPasses: boolean
  /** Anything that must differ from the usual; the extensions as a function of the usual ones. */
  readonly change?: Partial<CertificateContent>
  readonly changeExtensions?: (usual: readonly Extension[]) => readonly Extension[]
}

/** Makes an authority: a root, a domain authority, or one that issues passes. */
export async function createAuthority(request: AuthorityRequest): Promise<Authority> {
  const { publicKeySpki } = keyPairOf(request.privateKey)
  const usual = authorityExtensions(request, publicKeySpki)
  const content: CertificateContent = {
    subject: request.name,
    publicKeySpki,
    notBefore: request.notBefore,
    notAfter: request.notAfter,
    extensions: request.changeExtensions?.(usual) ?? usual,
    ...request.change,
  }
  const { der } = await buildCertificate(content, request.parent ?? request)
  return authorityOf(request, der)
}

/** An authority from its parts, as read back from files. */
export function authorityOf(
  parts: Pick<AuthorityRequest, "id" | "addressId" | "name" | "privateKey">,
  certificate: Uint8Array,
): Authority {
  const { id, name, privateKey } = parts
  const { publicKeySpki } = keyPairOf(privateKey)
  const address = parts.addressId ?? id
  return {
    id,
    name,
    privateKey,
    certificate,
    publicKeySpki,
    keyIdentifier: keyIdentifier(publicKeySpki),
    crlUrl: `${TEST_SITE}/cdp/${address}.crl`,
    certificateUrl: `${TEST_SITE}/cacerts/${address}.cer`,
  }
}

function authorityExtensions(request: AuthorityRequest, publicKeySpki: Uint8Array): readonly Extension[] {
  const { parent, issuesPasses } = request
  return [
    ...(parent !== undefined && issuesPasses
      ? [authorityInfoAccess({ caIssuers: parent.certificateUrl })]
      : []),
    subjectKeyIdentifier(keyIdentifier(publicKeySpki)),
    basicConstraints(issuesPasses ? { pathLength: 0 } : {}),
    ...(parent === undefined ? [] : belowRoot(parent)),
    keyUsage("keyCertSign", "cRLSign"),
    ...(issuesPasses ? [issuingPurposes()] : []),
  ]
}

function belowRoot(parent: Authority): readonly Extension[] {
  return [
    authorityKeyIdentifier(parent.keyIdentifier),
    certificatePolicies(
      { oid: TEST_ENVIRONMENT.authenticiteitPolicy },
      { oid: TEST_ENVIRONMENT.handtekeningPolicy },
      { oid: TEST_ENVIRONMENT.vertrouwelijkheidPolicy, cpsUri: CPS_URI },
    ),
    crlDistributionPoint(parent.crlUrl),
  ]
}

function issuingPurposes(): Extension {
  return extendedKeyUsage(
    OID.clientAuth,
    OID.emailProtection,
    OID.microsoftDocumentSigning,
    OID.microsoftEncryptedFiles,
    OID.ocspSigning,
  )
}
