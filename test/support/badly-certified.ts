import { DAY, HOUR } from "../../src-protocol/instant.ts"
import { composeAuthorisation } from "../../src-protocol/signed-data.ts"
import type { Facts } from "../../src-protocol/verify-authorisation.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { cardHolder } from "../../src-testkit/cards/card-holder.ts"
import { ia5String, nullValue, objectIdentifier, sequence, utf8String } from "../../src-testkit/pki/der.ts"
import {
  keyUsage,
  qcStatements,
  subjectAltName,
  uziOtherName,
  withExtension,
  withoutExtension,
} from "../../src-testkit/pki/extensions.ts"
import { printable, utf8 } from "../../src-testkit/pki/name.ts"
import { OID } from "../../src-testkit/pki/oids.ts"
import { printUziName, uziSubject } from "../../src-testkit/pki/uzi-certificate.ts"
import { cardProfile } from "../../src-testkit/profiles.ts"
import { byCard, certified, knowing, type BadPackage } from "./bad-package.ts"
import { HOLDER_NAME } from "./judging-world.ts"

const HOLDER = cardHolder(cardProfile("arts"), HOLDER_NAME)

const CHAIN: readonly BadPackage[] = [
  byCard("a forged pass of a look-alike hierarchy", "untrusted-chain", "nagemaakt"),
  certified("an intermediate left out", "untrusted-chain", ({ pki }) => ({
    authorities: [pki.authorities.zorgverlener.certificate],
  })),
  certified("an unknown critical extension", "untrusted-chain", {
    changeExtensions: (usual) => [
      ...usual,
      { oid: "1.3.6.1.4.1.99999.1", critical: true, value: nullValue() },
    ],
  }),
  byCard("a staff pass", "wrong-issuing-ca", "medewerker"),
  certified("a pass of a care provider issued by the authority for staff", "wrong-issuing-ca", {
    authority: "medewerker-op-naam",
  }),
  certified("a certificate straight from the second level", "wrong-issuing-ca", ({ pki }) => ({
    authority: "level-2-persoon",
    authorities: [pki.authorities["level-2-persoon"].certificate],
  })),
]

const TIMES: readonly BadPackage[] = [
  {
    what: "signed an hour from now",
    reason: "signing-time-implausible",
    make: async ({ statement, now, signerOf }) =>
      await composeAuthorisation(nodeCrypto, statement, await signerOf("arts"), now + HOUR),
  },
  {
    what: "signed five days ago",
    reason: "signing-time-implausible",
    make: async ({ statement, now, signerOf }) =>
      await composeAuthorisation(nodeCrypto, statement, await signerOf("arts"), now - 5 * DAY),
  },
  byCard("a pass that is not valid yet", "certificate-not-yet-valid", "toekomstig"),
  byCard("a pass that has expired", "certificate-expired", "verlopen"),
  byCard("a pass that was revoked", "certificate-revoked", "ingetrokken"),
  knowing("no revocation lists", "revocation-unknown", (usual) => ({
    ...usual,
    revocation: { ...usual.revocation, crls: [] },
  })),
  knowing("lists of seven hours ago", "revocation-unknown", (usual) => ({
    ...usual,
    revocation: { ...usual.revocation, checkedAt: usual.revocation.checkedAt + 7 * HOUR },
  })),
]

const CERTIFICATE: readonly BadPackage[] = [
  byCard("a key for signing in and for signatures", "wrong-key-usage", "verkeerd-sleutelgebruik"),
  certified("the key for signing in", "wrong-key-usage", { use: "authenticiteit" }),
  certified("a key usage that is not critical", "wrong-key-usage", {
    changeExtensions: (usual) => withExtension(usual, { ...keyUsage("nonRepudiation"), critical: false }),
  }),
  certified("no policies", "wrong-policy", {
    changeExtensions: (usual) => withoutExtension(usual, OID.certificatePolicies),
  }),
  certified("the policy of the key for signing in", "wrong-policy", {
    use: "authenticiteit",
    changeExtensions: (usual) => withExtension(usual, keyUsage("nonRepudiation")),
  }),
  {
    ...certified("no QC statements where they must be", "missing-qc-statements", { qcStatements: false }),
    facts: withQcStatements,
  },
  {
    ...certified("QC statements of something else", "missing-qc-statements", {
      changeExtensions: (usual) =>
        withExtension(usual, {
          ...qcStatements(""),
          value: sequence(sequence(objectIdentifier(OID.qcCompliance))),
        }),
    }),
    facts: withQcStatements,
  },
  certified("no subjectAltName", "not-a-uzi-certificate", {
    changeExtensions: (usual) => withoutExtension(usual, OID.subjectAltName),
  }),
  certified("the UZI name twice", "not-a-uzi-certificate", {
    changeExtensions: (usual) =>
      withExtension(
        usual,
        subjectAltName(uziOtherName(printUziName(HOLDER)), uziOtherName(printUziName(HOLDER))),
      ),
  }),
  certified("the UZI name as UTF8String", "not-a-uzi-certificate", {
    changeExtensions: (usual) =>
      withExtension(usual, subjectAltName({ oid: OID.uziName, value: utf8String(printUziName(HOLDER)) })),
  }),
  certified("a UZI name with six parts", "not-a-uzi-certificate", {
    changeExtensions: (usual) =>
      withExtension(
        usual,
        subjectAltName({ oid: OID.uziName, value: ia5String(printUziName(HOLDER).slice(0, -9)) }),
      ),
  }),
  certified("an authority of production in the UZI name", "not-a-uzi-certificate", {
    authorityOid: "2.16.528.1.1003.1.3.5.5.2",
  }),
  certified("a UZI number unlike the serialNumber", "uzi-number-mismatch", {
    change: { subject: uziSubject({ ...HOLDER, uziNumber: "900000001" }) },
  }),
  certified("no serialNumber in the subject", "uzi-number-mismatch", {
    change: { subject: [printable(OID.countryName, "NL"), utf8(OID.commonName, HOLDER.commonName)] },
  }),
  certified("a staff name on a pass of a care provider", "wrong-pass-type", {
    holder: { ...HOLDER, passType: "N", roleCode: "00.000" },
  }),
  certified("the name of the authority for staff on a pass of a care provider", "wrong-pass-type", {
    authorityOid: "2.16.528.1.1007.99.218",
  }),
  byCard("a profession under article 34", "profession-not-article-3", "apothekersassistent"),
  byCard("no registered profession", "profession-not-article-3", "andere-zorg"),
  certified("a profession under article 36a", "profession-not-article-3", {
    holder: { ...HOLDER, roleCode: "80.000" },
  }),
]

/** A test environment that demands QC statements as production does. */
function withQcStatements(usual: Facts): Facts {
  return {
    ...usual,
    trust: { ...usual.trust, environment: { ...usual.trust.environment, requiresQcStatements: true } },
  }
}

/** What is wrong with the signer: chain, issuer, times, revocation, certificate, UZI name, profession. */
export const BADLY_CERTIFIED: readonly BadPackage[] = [...CHAIN, ...TIMES, ...CERTIFICATE]
