import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { writePem } from "../../src-protocol/pem.ts"
import { wrapSmime } from "../../src-protocol/smime.ts"
import { encodeStatement } from "../../src-protocol/statement.ts"
import { cardIntermediates, issueCardCertificates } from "../../src-testkit/cards/card-certificates.ts"
import { cardHolder } from "../../src-testkit/cards/card-holder.ts"
import { generateKeys } from "../../src-testkit/pki/keys.ts"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"
import { CARD_PROFILES, type CardProfileId } from "../../src-testkit/profiles.ts"
import { vrijgave, type Ran } from "../support/scripted-terminal.ts"
import { testPki } from "../support/test-pki.ts"

const run = promisify(execFile)
const STATEMENT = { hash: "a7".repeat(32), code: { reference: "000012", confirmation: "3456" } }

let pki: TestPki
let directory: string
beforeAll(async () => {
  pki = await testPki()
  directory = await mkdtemp(join(tmpdir(), "vrijgave-interop-"))
})
afterAll(async () => {
  await rm(directory, { recursive: true, force: true })
})

const at = (name: string) => join(directory, name)

/** Leaves the key and the certificates of a clinician as files for openssl. */
async function makeSigner(id: CardProfileId): Promise<void> {
  const profile = CARD_PROFILES[id]
  const { privateKey, publicKeySpki } = await generateKeys(profile.keyKind)
  const publicKeys = new Map([["handtekening", publicKeySpki]] as const)
  const holder = cardHolder(profile, "O. Penssl")
  const issued = await issueCardCertificates({ pki, profile, holder, publicKeys, at: Date.now() })
  const certificate = issued.get("handtekening")?.der ?? new Uint8Array()
  await writeFile(at("key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }))
  await writeFile(at("signer.pem"), writePem("CERTIFICATE", certificate))
  const chain = cardIntermediates(pki, profile).map((der) => writePem("CERTIFICATE", der))
  await writeFile(at("chain.pem"), chain.join(""))
}

/** `openssl cms -sign` over the statement, DER. */
async function signedByOpenssl(digest: string, options: readonly string[]): Promise<Uint8Array> {
  await writeFile(at("statement.txt"), encodeStatement(STATEMENT))
  const files = ["-signer", at("signer.pem"), "-inkey", at("key.pem"), "-certfile", at("chain.pem")]
  const form = ["-binary", "-nodetach", "-outform", "DER", "-md", digest]
  const streams = ["-in", at("statement.txt"), "-out", at("package.der")]
  // -keyopt is about the key before it.
  await run("openssl", ["cms", "-sign", ...form, ...files, ...options, ...streams])
  return new Uint8Array(await readFile(at("package.der")))
}

async function verify(authorisation: Uint8Array, ...more: readonly string[]): Promise<Ran> {
  await writeFile(at("package.p7m"), authorisation)
  const facts = ["--root", join(pki.directory, "root.pem"), "--crl", join(pki.directory, "crls.pem")]
  return await vrijgave(["verify", at("package.p7m"), ...facts, ...more])
}

const OUR_ATTRIBUTES = ["-cades", "-nosmimecap"]

describe.each([
  ["arts", "sha256", []],
  ["arts", "sha512", []],
  ["arts-rsa4096", "sha256", []],
  ["arts-p256", "sha256", []],
  ["arts-p384", "sha384", []],
  ["arts-pss", "sha256", ["-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:digest"]],
] as const)("a package that openssl signed with the key of %s and %s", (profile, digest, keyOptions) => {
  let der: Uint8Array
  beforeAll(async () => {
    await makeSigner(profile)
    der = await signedByOpenssl(digest, [...OUR_ATTRIBUTES, ...keyOptions])
  })

  test("is authorised by vrijgave verify when it is wrapped as S/MIME", async () => {
    const ran = await verify(wrapSmime(der), "--code", "000012-3456", "--hash", STATEMENT.hash)
    expect(ran).toMatchObject({ exitCode: 0, told: "" })
    expect(ran.printed).toMatch(/^authorised\n/)
  })

  test("is refused as malformed-smime in bare DER", async () => {
    const ran = await verify(der)
    expect(ran.exitCode).toBe(3)
    expect(ran.printed).toMatch(/^refused: malformed-smime\n/)
  })

  test("is refused as confirmation-mismatch when other last digits were expected", async () => {
    const ran = await verify(wrapSmime(der), "--code", "000012-3457")
    expect(ran.exitCode).toBe(3)
    expect(ran.printed).toMatch(/^refused: confirmation-mismatch\n/)
  })
})

describe("a package that openssl signed in another way", () => {
  beforeAll(() => makeSigner("arts"))

  test.each([
    ["without signingCertificateV2", ["-nosmimecap"], "sha256", "bad-signed-attributes"],
    ["with SMIMECapabilities", ["-cades"], "sha256", "bad-signed-attributes"],
    ["without signed attributes", ["-noattr"], "sha256", "bad-signed-attributes"],
    ["with SHA-1", OUR_ATTRIBUTES, "sha1", "weak-algorithm"],
    ["with the key identifier as its signer", [...OUR_ATTRIBUTES, "-keyid"], "sha256", "malformed-cms"],
    ["without its certificate", [...OUR_ATTRIBUTES, "-nocerts"], "sha256", "malformed-cms"],
  ] as const)("%s is refused", async (_, options, digest, reason) => {
    const ran = await verify(wrapSmime(await signedByOpenssl(digest, options)))
    expect(ran.printed.split("\n")[0]).toBe(`refused: ${reason}`)
    expect(ran.exitCode).toBe(3)
  })
})
