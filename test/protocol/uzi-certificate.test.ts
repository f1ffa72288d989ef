import { beforeAll, describe, expect, test } from "vitest"
import {
  checkPassType,
  checkProfession,
  checkQcStatements,
  checkUziName,
} from "../../src-protocol/check-uzi-certificate.ts"
import { readCertificate } from "../../src-protocol/certificate.ts"
import { ProtocolError } from "../../src-protocol/errors.ts"
import { PRODUCTION, TEST, type Environment } from "../../src-protocol/uzi/environments.ts"
import { ia5String } from "../../src-testkit/pki/der.ts"
import {
  subjectAltName,
  userPrincipalName,
  uziOtherName,
  withExtension,
  withoutExtension,
  type Extension,
} from "../../src-testkit/pki/extensions.ts"
import { OID } from "../../src-testkit/pki/oids.ts"
import { judgingWorld, type JudgingWorld } from "../support/judging-world.ts"
import { testPki } from "../support/test-pki.ts"

const NOW = Date.UTC(2026, 10, 22)
const P = "2.16.528.1.1003.1.3.5.5."
const T = "2.16.528.1.1007.99."
let world: JudgingWorld

beforeAll(async () => {
  const statement = { hash: "0".repeat(64), code: { reference: "000000", confirmation: "0000" } }
  world = judgingWorld(await testPki(), Date.now(), statement)
})

async function certificateWith(names: Extension | undefined): Promise<Uint8Array> {
  const signer = await world.signerWith({
    changeExtensions: (usual) =>
      names === undefined ? withoutExtension(usual, OID.subjectAltName) : withExtension(usual, names),
  })
  return signer.certificateChain[0] ?? new Uint8Array()
}

/** The verdict on a UZI name as if the authority for care providers had issued it. */
async function verdictOn(names: Extension | undefined, environment: Environment): Promise<string> {
  const certificate = readCertificate(await certificateWith(names))
  try {
    const name = checkUziName(certificate, environment)
    checkPassType(name, "Z", environment)
    checkProfession(name, NOW)
    return "article-3"
  } catch (cause) {
    if (cause instanceof ProtocolError) return cause.code
    throw cause
  }
}

/** The strings that public readers were seen to take or to refuse, each with the verdict that is right. */
const NAMES: readonly (readonly [string, Environment, string])[] = [
  [`${T}217-1-900016528-Z-90000382-01.000-00000000`, TEST, "article-3"],
  [`${T}217-1-900016528-Z-90000382-01.000-00000000`, PRODUCTION, "not-a-uzi-certificate"],
  [`${T}218-1-900021219-N-90000382-00.000-00000000`, TEST, "wrong-pass-type"],
  [`${T}2110-1-900025039-S-90000382-00.000-00000000`, TEST, "wrong-pass-type"],
  [`${T}2110-1-900030787-S-90000380-00.000-11223344`, TEST, "wrong-pass-type"],
  [`${P}2-1-12345678-Z-90000111-30.015-00000000`, PRODUCTION, "not-a-uzi-certificate"],
  [`${P}2-1-11111111-N-90000111-01.015-00000000`, PRODUCTION, "not-a-uzi-certificate"],
  [`${P}2-1-123456782-N-90000111-01.015-00000000`, PRODUCTION, "not-a-uzi-certificate"],
  [`${P}2-1-123456782-N-90000111-00.000-00000000`, PRODUCTION, "wrong-pass-type"],
  [`${P}1-1-123456782-Z-90000111-01.015-00000000`, PRODUCTION, "not-a-uzi-certificate"],
  [`${P}2-2-123456782-Z-90000111-01.015-00000000`, PRODUCTION, "not-a-uzi-certificate"],
  [`${P}2-1-123456782-K-90000111-01.015-00000000`, PRODUCTION, "not-a-uzi-certificate"],
  [`${P}2-1-123456782-N-90000111-00.015-00000000`, PRODUCTION, "not-a-uzi-certificate"],
  ["9.9.9.9.9.9.9.9.9.9-1-111111111-N-90000111-01.015-00000000", PRODUCTION, "not-a-uzi-certificate"],
  [`${P}2-1252-11111111-N-90000111-01.015-00000000`, PRODUCTION, "not-a-uzi-certificate"],
  [`${P}2-1-123456782-S-90000123-00.000-00000000`, PRODUCTION, "wrong-pass-type"],
  ["14-41-44", PRODUCTION, "not-a-uzi-certificate"],
  ["12345678@90000111", PRODUCTION, "not-a-uzi-certificate"],
  ["0-1-2-3-4-5-6", PRODUCTION, "not-a-uzi-certificate"],
  [`${P}5-1-0-S-00001-00.000-0`, PRODUCTION, "not-a-uzi-certificate"],
  [`${T}2110-1-12345678-Z-90001234-01.015-12345678`, TEST, "not-a-uzi-certificate"],
  [`${T}2110-1-123456782-Z-90001234-01.015-12345678`, TEST, "wrong-pass-type"],
  [`${T}212-1-900016528-N-90000382-00.000-00000000`, TEST, "not-a-uzi-certificate"],
  [`${P}2-1-900016528-Z-90000382-01.015-01054321`, PRODUCTION, "article-3"],
  ...[
    "82.000",
    "30.076",
    "17.075",
    "25.061",
    "02.054",
    "31.000",
    "81.000",
    "16.000",
    "04.000",
    "03.000",
    "01.999",
  ].map((role) => [`${P}2-1-900016528-Z-90000382-${role}-00000000`, PRODUCTION, "article-3"] as const),
  ...["83.000", "98.000", "79.000", "80.000", "99.000", "05.000"].map(
    (role) =>
      [`${P}2-1-900016528-Z-90000382-${role}-00000000`, PRODUCTION, "profession-not-article-3"] as const,
  ),
  [`${P}2-1-900016528-Z-90000382-00.000-00000000`, PRODUCTION, "not-a-uzi-certificate"],
  [`${P}3-1-900016528-Z-90000382-01.000-00000000`, PRODUCTION, "wrong-pass-type"],
  [`${P}2-1-900016528-Z-90000382-01.015`, PRODUCTION, "not-a-uzi-certificate"],
  [`${P}2-1-900016528-Z-90000382-01.015-00000000-1`, PRODUCTION, "not-a-uzi-certificate"],
]

describe("a certificate with the UZI name", () => {
  test.each(NAMES.map(([name, environment, verdict]) => ({ name, environment, verdict })))(
    "$name in $environment.name: $verdict",
    async ({ name, environment, verdict }) => {
      expect(await verdictOn(subjectAltName(uziOtherName(name)), environment)).toBe(verdict)
    },
  )
})

describe("a certificate is not one of UZI", () => {
  const good = `${T}217-1-900016528-Z-90000382-01.000-00000000`

  test.each([
    ["without a subjectAltName", undefined],
    ["with a user principal name only", subjectAltName(userPrincipalName("12345678@90000111"))],
    [
      "with a DNS name only",
      { oid: OID.subjectAltName, critical: false, value: Uint8Array.of(0x30, 5, 0x82, 3, 0x66, 0x6f, 0x6f) },
    ],
    ["with two UZI names", subjectAltName(uziOtherName(good), uziOtherName(good))],
    [
      "with the UZI name under another type",
      subjectAltName({ oid: "1.2.3.4.5.6.7.8.9", value: ia5String(good) }),
    ],
    [
      "with a subjectAltName that is no DER",
      { oid: OID.subjectAltName, critical: false, value: Uint8Array.of(0x30, 0x80, 0, 0) },
    ],
  ])("%s", async (_, names) => {
    expect(await verdictOn(names, TEST)).toBe("not-a-uzi-certificate")
  })

  test("but with a user principal name before the UZI name it is", async () => {
    const names = subjectAltName(userPrincipalName("900016528@90000382"), uziOtherName(good))
    expect(await verdictOn(names, TEST)).toBe("article-3")
  })
})

describe("QC statements", () => {
  const check = async (qcStatements: boolean): Promise<void> => {
    const signer = await world.signerWith({ qcStatements })
    checkQcStatements(readCertificate(signer.certificateChain[0] ?? new Uint8Array()))
  }

  test("of a qualified certificate for signatures on a secure device are taken", async () => {
    await expect(check(true)).resolves.toBeUndefined()
  })

  test("that are absent are missed", async () => {
    await expect(check(false)).rejects.toMatchObject({ code: "missing-qc-statements" })
  })
})
