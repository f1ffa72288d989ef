import { cardHolder } from "../../../src-testkit/cards/card-holder.ts"
import {
  contextPrimitive,
  ia5String,
  objectIdentifier,
  printableString,
  sequence,
  tagged,
  context,
} from "../../../src-testkit/pki/der.ts"
import {
  basicConstraints,
  certificatePolicies,
  extendedKeyUsage,
  keyUsage,
  subjectAltName,
  userPrincipalName,
  uziOtherName,
  withExtension,
  withoutExtension,
  type Extension,
} from "../../../src-testkit/pki/extensions.ts"
import { printable } from "../../../src-testkit/pki/name.ts"
import { OID } from "../../../src-testkit/pki/oids.ts"
import { printUziName, uziSubject, type PassHolder } from "../../../src-testkit/pki/uzi-certificate.ts"
import { cardProfile } from "../../../src-testkit/profiles.ts"
import { HOLDER_NAME } from "../../support/judging-world.ts"
import { writePackage } from "../../support/package-writer.ts"
import { signerUnder } from "./authority-cases.ts"
import { ascii, certified, type CaseFacts, type CorpusCase } from "./corpus-case.ts"

export const HOLDER: PassHolder = cardHolder(cardProfile("arts"), HOLDER_NAME)

function extended(
  what: string,
  expect: CorpusCase["expect"],
  changeExtensions: (usual: readonly Extension[]) => readonly Extension[],
  facts?: CaseFacts,
): CorpusCase {
  return certified(what, expect, { changeExtensions }, facts)
}

function replaced(
  what: string,
  expect: CorpusCase["expect"],
  extension: Extension,
  facts?: CaseFacts,
): CorpusCase {
  return extended(what, expect, (usual) => withExtension(usual, extension), facts)
}

const DEMANDS_QC: CaseFacts = { demandsQcStatements: true }

const USAGE: readonly CorpusCase[] = [
  certified("the key for enciphering (keyEncipherment and dataEncipherment)", "wrong-key-usage", {
    use: "vertrouwelijkheid",
  }),
  replaced("a signer whose key may only encipher keys", "wrong-key-usage", keyUsage("keyEncipherment")),
  replaced("a signer whose key may sign in only", "wrong-key-usage", keyUsage("digitalSignature")),
  extended("no keyUsage", "wrong-key-usage", (usual) => withoutExtension(usual, OID.keyUsage)),
  replaced("a pass that is an authority", "wrong-key-usage", basicConstraints({ pathLength: 0 })),
  replaced("purposes of which none is signing", "wrong-key-usage", extendedKeyUsage(OID.clientAuth)),
  replaced("a purpose of signing OCSP answers", "wrong-key-usage", extendedKeyUsage(OID.ocspSigning)),
  replaced("a keyUsage in more bits than it needs", "wrong-key-usage", {
    ...keyUsage("nonRepudiation"),
    value: tagged(0x03, Uint8Array.of(0, 0x40)),
  }),
  replaced(
    "a policy of production on a test pass",
    "wrong-policy",
    certificatePolicies({ oid: "2.16.528.1.1003.1.2.5.2" }),
  ),
  replaced("anyPolicy", "wrong-policy", certificatePolicies({ oid: "2.5.29.32.0" })),
  replaced(
    "the policy of the key for enciphering",
    "wrong-policy",
    certificatePolicies({ oid: "2.16.528.1.1007.99.213" }),
  ),
]

const statement = (oid: string, ...more: readonly Uint8Array[]): Uint8Array =>
  sequence(objectIdentifier(oid), ...more)
const qc = (...statements: readonly Uint8Array[]): Extension => ({
  oid: OID.qcStatements,
  critical: false,
  value: sequence(...statements),
})
const ESIGN = statement(OID.qcType, sequence(objectIdentifier(OID.qcTypeEsign)))

const QUALIFIED: readonly CorpusCase[] = [
  certified(
    "no QC statements where they are demanded",
    "missing-qc-statements",
    { qcStatements: false },
    DEMANDS_QC,
  ),
  replaced(
    "qualified, but not on a secure device",
    "missing-qc-statements",
    qc(statement(OID.qcCompliance), ESIGN),
    DEMANDS_QC,
  ),
  replaced(
    "qualified for seals, not for signatures",
    "missing-qc-statements",
    qc(
      statement(OID.qcCompliance),
      statement(OID.qcSscd),
      statement(OID.qcType, sequence(objectIdentifier("0.4.0.1862.1.6.2"))),
    ),
    DEMANDS_QC,
  ),
  replaced(
    "on a secure device, but not qualified",
    "missing-qc-statements",
    qc(statement(OID.qcSscd), ESIGN),
    DEMANDS_QC,
  ),
]

function named(
  what: string,
  text: string,
  expect: CorpusCase["expect"] = "not-a-uzi-certificate",
): CorpusCase {
  return replaced(what, expect, subjectAltName(uziOtherName(text)))
}

const NAME = printUziName(HOLDER)
const AGAIN = uziOtherName(NAME)

const UZI_NAME: readonly CorpusCase[] = [
  named("a UZI name of version 2", NAME.replace("-1-9", "-2-9")),
  named("a UZI name with a line end after it", `${NAME}\n`),
  named("a UZI name with a space before it", ` ${NAME}`),
  named("a UZI name with an eighth part", `${NAME}-0`),
  named("a UZI name with a UZI number of eight digits", NAME.replace("-1-9", "-1-")),
  named("a UZI name with a pass type that does not exist", NAME.replace("-Z-", "-X-")),
  named("a UZI name with a zero octet in it", NAME.replace("-Z-", "-Z\0-")),
  named("an empty UZI name", ""),
  named("a care provider's pass with the role of nobody", NAME.replace("01.000", "00.000")),
  replaced(
    "the UZI name as PrintableString",
    "not-a-uzi-certificate",
    subjectAltName({ oid: OID.uziName, value: printableString(NAME) }),
  ),
  replaced(
    "the UZI name as another kind of name",
    "not-a-uzi-certificate",
    subjectAltName({ oid: "2.5.5.6", value: ia5String(NAME) }),
  ),
  replaced("the UZI name as a mail address", "not-a-uzi-certificate", {
    oid: OID.subjectAltName,
    critical: false,
    value: sequence(contextPrimitive(1, ascii(NAME))),
  }),
  replaced("the UZI name without its explicit tag", "not-a-uzi-certificate", {
    oid: OID.subjectAltName,
    critical: false,
    value: sequence(context(0, objectIdentifier(OID.uziName), ia5String(NAME))),
  }),
  replaced(
    "two UZI names, the second of another person",
    "not-a-uzi-certificate",
    subjectAltName(AGAIN, uziOtherName(NAME.replace("-1-9", "-1-8"))),
  ),
  replaced(
    "only a log-in name",
    "not-a-uzi-certificate",
    subjectAltName(userPrincipalName("900000001@90000001")),
  ),
  replaced("an empty subjectAltName", "not-a-uzi-certificate", subjectAltName()),
  {
    what: "a certificate with two subjectAltName extensions",
    expect: "malformed-cms",
    make: async (world) => {
      const signer = await world.signerOf("arts")
      const request = { changeExtensions: (usual: readonly Extension[]) => [...usual, subjectAltName(AGAIN)] }
      const odd = await signerUnder(world, world.pki.authorities.zorgverlener, [], request)
      const certificates = [...odd.certificateChain, ...signer.certificateChain.slice(1)]
      return await writePackage(world.content, signer, world.now, { certificates })
    },
  },
]

const HOLDERS: readonly CorpusCase[] = [
  certified("two serialNumbers in the subject", "uzi-number-mismatch", {
    change: { subject: [...uziSubject(HOLDER), printable(OID.serialNumber, HOLDER.uziNumber)] },
  }),
  certified("a UZI number with a zero before it in the subject", "uzi-number-mismatch", {
    change: { subject: uziSubject({ ...HOLDER, uziNumber: `0${HOLDER.uziNumber}` }) },
  }),
  certified("a staff pass not on name, by the authority for care providers", "wrong-pass-type", {
    holder: { ...HOLDER, passType: "M", roleCode: "00.000" },
  }),
  certified("a server's pass, by the authority for care providers", "wrong-pass-type", {
    holder: { ...HOLDER, passType: "S", roleCode: "00.000" },
  }),
  ...[
    ["79.000", "a registered dental hygienist (article 36a)"],
    ["86.000", "a carer (article 34)"],
    ["99.000", "a provider of other care (99)"],
    ["05.000", "a role code that no table has"],
    ["84.010", "a clinical physicist with a specialism (article 34)"],
  ].map(([roleCode = "", what = ""]) =>
    certified(what, "profession-not-article-3", { holder: { ...HOLDER, roleCode } }),
  ),
]

/** What is wrong with the pass itself: usage, policies, QC statements, UZI name, holder, profession. */
export const PASS_CASES: readonly CorpusCase[] = [...USAGE, ...QUALIFIED, ...UZI_NAME, ...HOLDERS]
