import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { readCertificate, type Certificate } from "../../src-protocol/certificate.ts"
import { checkChain } from "../../src-protocol/check-chain.ts"
import {
  checkKeyUsage,
  checkPassType,
  checkPolicy,
  checkProfession,
  checkUziName,
  checkUziNumber,
} from "../../src-protocol/check-uzi-certificate.ts"
import { judgeCertificate } from "../../src-protocol/judge-certificate.ts"
import { readPemOrDer } from "../../src-protocol/pem.ts"
import { PRODUCTION, TEST } from "../../src-protocol/uzi/environments.ts"
import { productionProfile, testProfile } from "../../src-protocol/uzi/trust-profile.ts"
import { expectRefusal } from "./refusals.ts"

// A pass of CIBG's test environment, published by others: not ours to copy, so it is read from beside the repository.
const DIRECTORY = join(import.meta.dirname, "../../../shared/vectors/uzi-test-pass")
const present = existsSync(DIRECTORY)
if (!present) console.log(`skipped: the CIBG test pass is not at ${DIRECTORY}`)

const AT = Date.UTC(2019, 0, 1)

function der(name: string): Uint8Array {
  const [first] = readPemOrDer("CERTIFICATE", readFileSync(join(DIRECTORY, `${name}.cer`)))
  return first ?? new Uint8Array()
}
const certificate = (name: string): Certificate => readCertificate(der(name))

function facts(at: number) {
  const trust = testProfile([der("test-zorg-csp-root-ca-g3")])
  return {
    crypto: nodeCrypto,
    trust,
    at,
    revocation: { crls: [], checkedAt: at },
    maximumCrlAgeMilliseconds: 1,
  }
}
const AUTHORITIES = ["test-uzi-register-zorgverlener-ca-g3", "test-level-2-persoon-ca-g3"]

describe.skipIf(!present)("a real pass of CIBG's test environment", () => {
  test("is read: holder, numbers, role", async () => {
    const chain = ["handtekening", ...AUTHORITIES].map((name) => der(name))
    const verdict = await judgeCertificate(chain, "signature", facts(AT))
    expect(verdict).toMatchObject({
      signer: {
        name: "Jan test-90014548",
        title: "Arts",
        uziNumber: "900016528",
        subscriberNumber: "90000382",
        roleCode: "01.000",
        agbCode: "00000000",
        profession: "arts",
      },
    })
  })

  test("has a chain that held on 1 January 2019, up to its own root and to no other", async () => {
    const authorities = AUTHORITIES.map((name) => certificate(name))
    const root = der("test-zorg-csp-root-ca-g3")
    await expect(
      checkChain(nodeCrypto, certificate("handtekening"), authorities, [root], AT),
    ).resolves.toHaveLength(3)
    const beforeIts = Date.UTC(2017, 0, 1)
    await expect(
      checkChain(nodeCrypto, certificate("handtekening"), authorities, [root], beforeIts),
    ).rejects.toMatchObject({ code: "untrusted-chain" })
  })

  test("meets every rule for a signature: usage, policy, UZI name, number, pass type, article 3", () => {
    const leaf = certificate("handtekening")
    checkKeyUsage(leaf, "signature")
    checkPolicy(leaf, "signature", TEST)
    const name = checkUziName(leaf, TEST)
    checkUziNumber(leaf, name)
    checkPassType(name, "Z", TEST)
    checkProfession(name, AT)
    expect(name.authorityOid).toBe("2.16.528.1.1007.99.217")
  })

  test("signs in with its authenticiteit certificate, and not with the others", () => {
    checkKeyUsage(certificate("authenticiteit"), "authentication")
    checkPolicy(certificate("authenticiteit"), "authentication", TEST)
    expect(checkUziName(certificate("authenticiteit"), TEST).uziNumber).toBe("900016528")
    for (const name of ["handtekening", "vertrouwelijkheid"]) {
      expectRefusal(() => {
        checkKeyUsage(certificate(name), "authentication")
      }, "wrong-key-usage")
    }
  })

  test("is refused where nobody says whether it was revoked", async () => {
    const chain = ["handtekening", ...AUTHORITIES].map((name) => der(name))
    expect(await judgeCertificate(chain, "signature", facts(AT))).toMatchObject({
      reason: "revocation-unknown",
    })
  })

  test("had expired on 1 January 2021", async () => {
    const chain = ["handtekening", ...AUTHORITIES].map((name) => der(name))
    expect(await judgeCertificate(chain, "signature", facts(Date.UTC(2021, 0, 1)))).toMatchObject({
      reason: "certificate-expired",
    })
  })

  test("can never pass in production", async () => {
    await expect(productionProfile(nodeCrypto, [der("test-zorg-csp-root-ca-g3")])).rejects.toMatchObject({
      code: "malformed-trust-profile",
    })
    const leaf = certificate("handtekening")
    expectRefusal(() => checkUziName(leaf, PRODUCTION), "not-a-uzi-certificate")
    expectRefusal(() => {
      checkPolicy(leaf, "signature", PRODUCTION)
    }, "wrong-policy")
  })
})
