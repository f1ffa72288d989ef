import { existsSync, readFileSync } from "node:fs"
import { X509Certificate } from "node:crypto"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import {
  authorityInfoAccess,
  authorityKeyIdentifier,
  basicConstraints,
  certificatePolicies,
  crlDistributionPoint,
  encodeExtension,
  extendedKeyUsage,
  keyIdentifier,
  keyUsage,
  subjectAltName,
  subjectKeyIdentifier,
  uziOtherName,
  userPrincipalName,
  type Extension,
  type KeyUsageBit,
} from "../../src-testkit/pki/extensions.ts"
import { encodeName } from "../../src-testkit/pki/name.ts"
import { OID, TEST_ENVIRONMENT } from "../../src-testkit/pki/oids.ts"
import { uziSubject, type CertificateUse } from "../../src-testkit/pki/uzi-certificate.ts"

// A pass of CIBG's test environment. It is not ours and not in the repository; where it is absent, nothing is compared.
const PASS = join(import.meta.dirname, "../../../shared/vectors/uzi-test-pass")
const present = existsSync(PASS)
if (!present) console.log(`skipped: the certificates of CIBG's test pass are not in ${PASS}`)

const UZI_NAME = "2.16.528.1.1007.99.217-1-900016528-Z-90000382-01.000-00000000"
const NOTICE =
  "Certificaat uitsluitend gebruiken ten behoeve van de TEST van het UZI-register. Het UZI-register is in geen geval aansprakelijk voor eventuele schade."
const HOLDER = {
  givenName: "Jan",
  surname: "test-90014548",
  commonName: "Jan test-90014548",
  title: "Arts",
  organisation: "Tést Zorginstelling 03",
  uziNumber: "900016528",
  passType: "Z",
  subscriberNumber: "90000382",
  roleCode: "01.000",
  agbCode: "00000000",
} as const

const USAGE: Readonly<Record<CertificateUse, readonly KeyUsageBit[]>> = {
  authenticiteit: ["digitalSignature"],
  handtekening: ["nonRepudiation"],
  vertrouwelijkheid: ["keyEncipherment", "dataEncipherment"],
}
const PURPOSES: Readonly<Record<CertificateUse, readonly string[]>> = {
  authenticiteit: [OID.clientAuth, OID.emailProtection, OID.microsoftDocumentSigning],
  handtekening: [OID.emailProtection, OID.microsoftDocumentSigning],
  vertrouwelijkheid: [OID.emailProtection, OID.microsoftEncryptedFiles],
}

function read(name: string): X509Certificate {
  return new X509Certificate(readFileSync(join(PASS, `${name}.cer`)))
}

function keyIdentifierOf(certificate: X509Certificate): Uint8Array {
  return keyIdentifier(certificate.publicKey.export({ type: "spki", format: "der" }))
}

/** What we would write for that pass, in our order. */
function ours(use: CertificateUse, pass: X509Certificate, authority: X509Certificate): readonly Extension[] {
  const login = use === "authenticiteit" ? [userPrincipalName("900016528@90000382")] : []
  const site = "http://www.uzi-register-test.nl"
  const policy = {
    oid: TEST_ENVIRONMENT[`${use}Policy`],
    cpsUri: "https://acceptatie.zorgcsp.nl/cps/uzi-register.html",
    notice: NOTICE,
  }
  return [
    subjectAltName(...login, uziOtherName(UZI_NAME)),
    authorityInfoAccess({
      caIssuers: `${site}/cacerts/test_uzi-register_zorgverlener_ca_g3.cer`,
      ocsp: "http://ocsp.uzi-register-test.nl",
    }),
    subjectKeyIdentifier(keyIdentifierOf(pass)),
    basicConstraints(),
    authorityKeyIdentifier(keyIdentifierOf(authority)),
    certificatePolicies(policy),
    crlDistributionPoint(`${site}/cdp/test_uzi-register_zorgverlener_ca_g3.crl`),
    keyUsage(...USAGE[use]),
    extendedKeyUsage(...PURPOSES[use]),
  ]
}

describe.skipIf(!present)("a certificate of CIBG's own test pass", () => {
  test.each(["authenticiteit", "handtekening", "vertrouwelijkheid"] as const)(
    "%s has, byte for byte and in this order, the extensions that we write for the same facts",
    (use) => {
      const pass = read(use)
      const extensions = ours(use, pass, read("test-uzi-register-zorgverlener-ca-g3")).map(encodeExtension)
      expect(pass.raw.includes(Buffer.concat(extensions))).toBe(true)
    },
  )

  test("has the subject that we write for the same holder", () => {
    expect(read("handtekening").raw.includes(Buffer.from(encodeName(uziSubject(HOLDER))))).toBe(true)
  })
})
