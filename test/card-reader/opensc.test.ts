import { createHash, verify, X509Certificate } from "node:crypto"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, describe, expect, test } from "vitest"
import { ecdsaToDer } from "../../src-protocol/ecdsa-signature.ts"
import { CARD_PROFILE_IDS } from "../../src-testkit/profiles.ts"
import { whenFileIsDone } from "../card/support/when-file-is-done.ts"
import { makeChip, openReader, PIN, pkcs11Tool, PUK, readerOf, runTool } from "./support/open-reader.ts"

const found = await openReader()
const directory = await mkdtemp(join(tmpdir(), "vrijgave-opensc-"))
whenFileIsDone(() => rm(directory, { recursive: true, force: true }))

describe.skipIf("missing" in found)("OpenSC knows the card without being told about it", () => {
  const reader = () => readerOf(found)

  afterEach(async () => {
    await reader().remove(0)
    await reader().remove(1)
  })

  test("opensc-tool calls it a PIV card, piv-tool reads its number", async () => {
    const chip = await makeChip("arts")
    await reader().insert(chip.image)
    expect((await runTool(reader(), "opensc-tool", ["-n"])).output).toContain(
      "Personal Identity Verification Card",
    )
    const digits = chip.image.id.toUpperCase().replace(/..(?=.)/g, "$& ")
    expect((await runTool(reader(), "piv-tool", ["--serial"])).output).toContain(digits)
  })

  test("pkcs15-tool lists three keys with what each is for, their certificates, the PIN and the PUK", async () => {
    await reader().insert((await makeChip("arts", "Bea Lijst")).image)
    const { exitCode, output } = await runTool(reader(), "pkcs15-tool", ["--dump"])
    expect(exitCode).toBe(0)
    expect(output).toContain("PKCS#15 Card [Bea Lijst]")
    expect(output).toMatch(/Private RSA Key \[PIV AUTH key\][^]*?Usage {10}: \[0x2E\], decrypt, sign/)
    expect(output).toMatch(/Private RSA Key \[SIGN key\][^]*?nonRepudiation/)
    expect(output).toMatch(/Private RSA Key \[KEY MAN key\][^]*?Usage {10}: \[0x22\], decrypt, unwrap/)
    expect(output.match(/^X\.509 Certificate/gm)).toHaveLength(3)
    expect(output.match(/^PIN \[/gm)).toHaveLength(2)
  })

  test("pkcs11-tool's own test finds no errors", async () => {
    await reader().insert((await makeChip("arts")).image)
    const output = await pkcs11Tool(reader(), "--login", "--pin", PIN, "--test")
    expect(output).toContain("No errors")
    expect(output).toContain("SHA256-RSA-PKCS: OK")
  })

  test("the test finds the errors of a card that signs wrongly", async () => {
    await reader().insert((await makeChip("arts")).image)
    await reader().setFaults([{ when: { begins: "0087" }, then: { is: "wrong-bytes" }, times: "always" }])
    const outcome = await pkcs11Tool(reader(), "--login", "--pin", PIN, "--test").catch(String)
    await reader().setFaults([])
    expect(outcome).not.toContain("No errors")
  })

  test.each(CARD_PROFILE_IDS)(
    "a card of the profile %s shows its holder and its certificates",
    async (profile) => {
      const chip = await makeChip(profile, "Cas Profiel")
      await reader().insert(chip.image)
      const listed = await pkcs11Tool(reader(), "--list-slots")
      expect(listed).toContain("token label        : Cas Profiel")
      expect(listed).toContain(`serial num         : ${chip.tokenSerialNumber}`)
      const certificates = await pkcs11Tool(reader(), "--list-objects", "--type", "cert")
      expect(certificates.match(/^Certificate Object/gm)).toHaveLength(chip.certificates.size)
    },
  )

  test.each([
    ["arts", "SHA256-RSA-PKCS", "sha256"],
    ["arts-p256", "ECDSA-SHA256", "sha256"],
    ["arts-p384", "ECDSA-SHA384", "sha384"],
  ])("the signature key of %s signs by %s, and node:crypto verifies it", async (profile, mechanism, hash) => {
    const chip = await makeChip(profile)
    await reader().insert(chip.image)
    const [input, output] = [join(directory, "input"), join(directory, "output")]
    await writeFile(input, `to be signed by ${profile}`)
    const files = ["--input-file", input, "--output-file", output]
    await pkcs11Tool(
      reader(),
      "--login",
      "--pin",
      PIN,
      "--sign",
      "--id",
      "02",
      "--mechanism",
      mechanism,
      ...files,
    )
    const raw = new Uint8Array(await readFile(output))
    const signature = profile === "arts" ? raw : ecdsaToDer(raw)
    const certificate = new X509Certificate(chip.certificates.get("handtekening")?.der ?? new Uint8Array())
    expect(verify(hash, await readFile(input), certificate.publicKey, signature)).toBe(true)
    const another = createHash("sha256").update("another").digest()
    expect(verify(hash, another, certificate.publicKey, signature)).toBe(false)
  })
})

describe.skipIf("missing" in found)("PINs through OpenSC", () => {
  const reader = () => readerOf(found)

  afterEach(() => reader().remove())

  async function login(pin: string): Promise<string> {
    return await pkcs11Tool(reader(), "--login", "--pin", pin, "--list-objects", "--type", "privkey").catch(
      String,
    )
  }

  test("three wrong ones lock the card, which tells of it beforehand; the PUK opens it", async () => {
    await reader().insert((await makeChip("arts", "Dirk Pin")).image)
    expect(await login("999999")).toContain("CKR_PIN_INCORRECT")
    expect((await reader().status()).card).toMatchObject({ pinTries: 2 })
    expect(await login("999999")).toContain("CKR_PIN_INCORRECT")
    expect(await pkcs11Tool(reader(), "--list-slots")).toContain("final user PIN try")
    await login("999999")
    expect((await reader().status()).card).toMatchObject({ pinTries: 0, pinVerified: false })
    expect(await pkcs11Tool(reader(), "--list-slots")).toContain("user PIN locked")
    expect(await login(PIN)).toContain("CKR_PIN_LOCKED")
    const unblock = ["--unblock-pin", "--puk", PUK, "--new-pin", "24681357"]
    expect(await runTool(reader(), "pkcs15-tool", unblock)).toMatchObject({ exitCode: 0 })
    expect((await reader().status()).card).toMatchObject({ pinTries: 3 })
    expect(await login("24681357")).toContain("Private Key Object")
  })

  test("the counter is the card's: out and in again does not help", async () => {
    const { image } = await makeChip("arts-p256", "Eva Teller")
    await reader().insert(image)
    await login("999999")
    await reader().remove()
    await reader().insert(image)
    expect((await reader().status()).card).toMatchObject({ pinTries: 2 })
    expect(await login(PIN)).toContain("Private Key Object")
    expect((await reader().status()).card).toMatchObject({ pinTries: 3 })
  })

  test("a PIN that was right is still good for other programs, until the card is reset", async () => {
    await reader().insert((await makeChip("arts-p256", "Fenna Reset")).image)
    await login(PIN)
    expect((await reader().status()).card).toMatchObject({ pinVerified: true })
    await runTool(reader(), "opensc-tool", ["--reset"])
    expect((await reader().status()).card).toMatchObject({ pinVerified: false })
  })

  test("no byte of a PIN is in the log", async () => {
    await reader().insert((await makeChip("arts-p256", "Guus Logboek")).image)
    await reader().log({ clear: true })
    await login(PIN)
    const entries = await reader().log()
    expect(entries.some(({ command }) => command.startsWith("0020008008"))).toBe(true)
    expect(JSON.stringify(entries)).not.toContain(Buffer.from(PIN).toString("hex"))
  })
})
