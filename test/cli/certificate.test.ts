import { existsSync } from "node:fs"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { DAY } from "../../src-protocol/instant.ts"
import { writePem } from "../../src-protocol/pem.ts"
import { cardIntermediates } from "../../src-testkit/cards/card-certificates.ts"
import { softCard } from "../../src-testkit/cards/soft-signer.ts"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"
import { vrijgave } from "../support/scripted-terminal.ts"
import { temporaryDirectory } from "../support/temporary-directory.ts"
import { testPki } from "../support/test-pki.ts"

let pki: TestPki
let directory: string
let uziNumber: string
beforeAll(async () => {
  pki = await testPki()
  directory = await temporaryDirectory()
  const { certificates, profile, holder } = await softCard({
    pki,
    profile: "huisarts",
    name: "H. Uisarts",
    at: Date.now(),
  })
  uziNumber = holder.uziNumber
  const chain = cardIntermediates(pki, profile).map((der) => writePem("CERTIFICATE", der))
  for (const [use, { der }] of certificates) {
    await writeFile(at(`${use}.pem`), [writePem("CERTIFICATE", der), ...chain].join(""))
    await writeFile(at(`${use}.der`), der)
  }
})

const at = (name: string) => join(directory, name)
const facts = () => ["--root", join(pki.directory, "root.pem"), "--crl", join(pki.directory, "crls.pem")]

describe("certificate", () => {
  test("shows holder, UZI name, profession with its article, usage, policy and validity, from PEM and DER", async () => {
    for (const name of ["handtekening.pem", "handtekening.der"]) {
      const { exitCode, printed } = await vrijgave(["certificate", at(name)])
      expect(exitCode).toBe(0)
      expect(printed).toContain("CN=H. Uisarts")
      expect(printed).toContain(`UZI number    ${uziNumber}, pass type Z`)
      expect(printed).toContain("profession    arts (physician), Wet BIG article: 3")
      expect(printed).toContain("key usage     nonRepudiation")
      expect(printed).toContain("policies      2.16.528.1.1007.99.212")
      expect(printed).toContain("verdict       none: give --root or --trust")
    }
  })

  test.each([
    ["handtekening", "signature: accepted", "authentication: refused, wrong-key-usage"],
    ["authenticiteit", "authentication: accepted", "signature: refused, wrong-key-usage"],
  ])(
    "a certificate of %s is accepted for its own use and refused for the other",
    async (use, accepted, refused) => {
      const { exitCode, printed } = await vrijgave(["certificate", at(`${use}.pem`), ...facts()])
      expect(exitCode).toBe(0)
      expect(printed).toContain(accepted)
      expect(printed).toContain(refused)
    },
  )

  test("a certificate that may be used for neither has exit code 3", async () => {
    const ran = await vrijgave(["certificate", at("vertrouwelijkheid.pem"), ...facts()])
    expect(ran.exitCode).toBe(3)
  })

  test("the verdict is as of the time asked for", async () => {
    const late = new Date(Date.now() + 1200 * DAY).toISOString()
    const ran = await vrijgave(["certificate", at("handtekening.pem"), ...facts(), "--at", late, "--json"])
    expect(ran.exitCode).toBe(3)
    expect(JSON.parse(ran.printed)).toMatchObject({
      verdicts: { signature: { reason: "certificate-expired" } },
    })
  })

  test("without the authorities above it there is no chain", async () => {
    const ran = await vrijgave(["certificate", at("handtekening.der"), ...facts(), "--json"])
    expect(JSON.parse(ran.printed)).toMatchObject({ verdicts: { signature: { reason: "untrusted-chain" } } })
    const chain = ["--chain", join(pki.directory, "intermediates.pem")]
    expect(await vrijgave(["certificate", at("handtekening.der"), ...facts(), ...chain])).toMatchObject({
      exitCode: 0,
    })
  })

  test("an authority's certificate shows that it has no UZI name", async () => {
    const { exitCode, printed } = await vrijgave(["certificate", join(pki.directory, "root.pem")])
    expect(exitCode).toBe(0)
    expect(printed).toContain("UZI name      none:")
    expect(printed).toContain("of an authority")
  })

  test.each([
    ["a file that is not there", () => ["certificate", at("none.cer")], "there is no such file"],
    [
      "a file that is no certificate",
      () => ["certificate", join(pki.directory, "trust.json")],
      "this is not a certificate",
    ],
    ["a directory", () => ["certificate", directory], "that is a directory"],
  ])("%s is a usage error", async (_, line, message) => {
    const { exitCode, told, printed } = await vrijgave(line())
    expect(exitCode).toBe(2)
    expect(told).toContain(message)
    expect(printed).toBe("")
  })
})

const PASS = join(import.meta.dirname, "../../../shared/vectors/uzi-test-pass")
const absent = existsSync(PASS) ? undefined : `the CIBG test pass is not there: ${PASS}`
if (absent !== undefined) console.log(`Skipped: ${absent}`)

test.skipIf(absent !== undefined)(
  "a real CIBG test pass is read, and as of 2019 only its revocation is unknown",
  async () => {
    const chain = ["test-uzi-register-zorgverlener-ca-g3.cer", "test-level-2-persoon-ca-g3.cer"]
    const options = chain.flatMap((name) => ["--chain", join(PASS, name)])
    const root = ["--root", join(PASS, "test-zorg-csp-root-ca-g3.cer")]
    const ran = await vrijgave([
      "certificate",
      join(PASS, "handtekening.cer"),
      ...options,
      ...root,
      "--at",
      "2019-01-01",
      "--json",
    ])
    expect(JSON.parse(ran.printed)).toMatchObject({
      uziName: { text: "2.16.528.1.1007.99.217-1-900016528-Z-90000382-01.000-00000000" },
      profession: { dutch: "arts", article: "3" },
      keyUsage: ["nonRepudiation"],
      verdicts: { signature: { reason: "revocation-unknown" } },
    })
  },
)
