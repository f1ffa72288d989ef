import type { SignatureAlgorithm } from "../../../src-protocol/crypto-port.ts"
import { composeAuthorisation } from "../../../src-protocol/signed-data.ts"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { nullValue, objectIdentifier, sequence } from "../../../src-testkit/pki/der.ts"
import {
  subjectAltName,
  userPrincipalName,
  uziOtherName,
  withExtension,
  withoutExtension,
} from "../../../src-testkit/pki/extensions.ts"
import { generateKeys } from "../../../src-testkit/pki/keys.ts"
import { OID } from "../../../src-testkit/pki/oids.ts"
import { printUziName } from "../../../src-testkit/pki/uzi-certificate.ts"
import { GOOD_ATTRIBUTE_CASES } from "./attribute-cases.ts"
import { byCard, certified, written, type CorpusCase } from "./corpus-case.ts"
import { GOOD_LIST_CASES } from "./list-cases.ts"
import { HOLDER } from "./pass-cases.ts"

/** An `arts` card that signs by one of its other algorithms. */
function byAlgorithm(what: string, algorithm: SignatureAlgorithm): CorpusCase {
  return {
    what,
    expect: "authorised",
    make: async (world) => {
      const signer = { ...(await world.signerOf("arts")), algorithms: [algorithm] }
      return await composeAuthorisation(nodeCrypto, world.statement, signer, world.now)
    },
  }
}

const ALGORITHMS: readonly CorpusCase[] = [
  byCard("RSA-2048, PKCS #1, SHA-256", "authorised", "arts"),
  byCard("P-256 with SHA-256", "authorised", "arts-p256"),
  byCard("P-384 with SHA-384", "authorised", "arts-p384"),
  certified("P-521 with SHA-512", "authorised", async () => ({
    keys: await generateKeys("p-521"),
    algorithm: { scheme: "ecdsa", hash: "sha-512", curve: "P-521" },
  })),
  byCard("RSA-4096", "authorised", "arts-rsa4096"),
  certified("RSA-3072", "authorised", async () => ({ keys: await generateKeys("rsa-3072") })),
  byCard("RSASSA-PSS with SHA-256, under a certificate signed with PSS", "authorised", "arts-pss"),
  byAlgorithm("RSA with SHA-384", { scheme: "rsa-pkcs1", hash: "sha-384" }),
  byAlgorithm("RSA with SHA-512", { scheme: "rsa-pkcs1", hash: "sha-512" }),
  byAlgorithm("RSASSA-PSS with SHA-384", { scheme: "rsa-pss", hash: "sha-384", saltLength: 48 }),
  byAlgorithm("RSASSA-PSS with SHA-512", { scheme: "rsa-pss", hash: "sha-512", saltLength: 64 }),
  written("rsaEncryption as the signature algorithm, the hash said beside it", "authorised", {
    signatureIdentifier: sequence(objectIdentifier("1.2.840.113549.1.1.1"), nullValue()),
  }),
]

const PASSES: readonly CorpusCase[] = [
  byCard("a nurse", "authorised", "verpleegkundige"),
  byCard("a general practitioner with an AGB code", "authorised", "huisarts"),
  byCard("a physician assistant (article 3 since 2018)", "authorised", "physician-assistant"),
  byCard("a clinical technologist (article 3 since 2020)", "authorised", "klinisch-technoloog"),
  certified("a login name (UPN) before the UZI name, as real cards have it", "authorised", {
    changeExtensions: (usual) =>
      withExtension(
        usual,
        subjectAltName(userPrincipalName("900000001@90000001"), uziOtherName(printUziName(HOLDER))),
      ),
  }),
  certified("under the twin certificate of the authority's one key", "authorised", ({ pki }) => ({
    authorities: [
      pki.authorities["zorgverlener-twin"].certificate,
      pki.authorities["level-2-persoon"].certificate,
    ],
  })),
  certified("a name with an accent, an apostrophe, a hyphen and a comma", "authorised", {
    holder: { ...HOLDER, commonName: "É. d'Été-Van der Vélde, Jr", surname: "d'Été-Van der Vélde, Jr" },
  }),
  certified("a pass that becomes valid this very second", "authorised", ({ now }) => ({ notBefore: now })),
  certified("a pass that is valid for one second more", "authorised", ({ now }) => ({
    notBefore: now - 24 * 3_600_000 + 1_000,
    validForDays: 1,
  })),
  certified("no extendedKeyUsage: then there is nothing to hold against it", "authorised", {
    changeExtensions: (usual) => withoutExtension(usual, OID.extendedKeyUsage),
  }),
  certified("no QC statements, as CIBG's test passes of 2017", "authorised", { qcStatements: false }),
  {
    ...certified("QC statements, where they are demanded", "authorised", {}),
    facts: { demandsQcStatements: true },
  },
]

/** What must be authorised: without these, refusing everything would pass. The first two are the ones whose bits are flipped. */
export const GOOD_CASES: readonly CorpusCase[] = [
  ...ALGORITHMS,
  ...PASSES,
  ...GOOD_ATTRIBUTE_CASES,
  ...GOOD_LIST_CASES,
]
