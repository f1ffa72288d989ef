import { execFile, spawn } from "node:child_process"
import { createPublicKey } from "node:crypto"
import { once } from "node:events"
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { readBatch } from "../../src-protocol/batch.ts"
import { vrijgave } from "../support/scripted-terminal.ts"

const run = promisify(execFile)
const REPOSITORY = join(import.meta.dirname, "../..")

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "vrijgave-demo-test-"))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

describe("npm run demo", () => {
  let told: string
  const at = (name: string) => join(directory, "demo", name)
  beforeAll(async () => {
    const start = [join(REPOSITORY, "native", "setup", "demo.mjs"), "--dir", join(directory, "demo")]
    const { stdout } = await run(process.execPath, start, { cwd: REPOSITORY })
    told = stdout
  })

  test("tells each step, up to the batch in which the phone's seed is found", () => {
    const steps = ["The phone registers a hash", "finds the hash", "The card signs", "hands the package in"]
    for (const step of [...steps, "judges for itself", "The phone publishes", "The batch is published"])
      expect(told).toContain(step)
    expect(told).toMatch(/entry [0-9]+ is the seed of our phone/)
  })

  test("leaves what it says, and no key of the phone that was published", async () => {
    expect(await readdir(join(directory, "demo"))).toEqual(
      expect.arrayContaining(["authorisation.p7m", "batch.bin", "crls.pem", "pki", "statement.txt"]),
    )
    expect(await readFile(at("phone.json"), "utf8")).not.toContain("opaque")
  })

  test("leaves a package that vrijgave verify authorises", async () => {
    const facts = ["--root", at("pki/root.pem"), "--crl", at("crls.pem")]
    const ran = await vrijgave(["verify", at("authorisation.p7m"), ...facts])
    expect(ran).toMatchObject({ exitCode: 0 })
    expect(ran.printed).toMatch(/^authorised\n/)
  })

  test("leaves a package that openssl cms verifies, with the statement in it byte for byte", async () => {
    const anchors = ["-CAfile", at("pki/root.pem"), "-no-CApath", "-no-CAstore"]
    const form = ["-cades", "-binary", "-inform", "SMIME", "-in", at("authorisation.p7m")]
    await run("openssl", ["cms", "-verify", ...form, ...anchors, "-out", at("signed.txt")])
    expect(await readFile(at("signed.txt"))).toEqual(await readFile(at("statement.txt")))
  })

  test("leaves a batch that the backend's key signed", async () => {
    const pem = await readFile(at("backend/batch-public-key.pem"), "utf8")
    const key = createPublicKey(pem).export({ type: "spki", format: "der" })
    const batch = await readBatch(
      nodeCrypto,
      new Uint8Array(await readFile(at("batch.bin"))),
      new Uint8Array(key),
    )
    expect(batch.entries.length).toBeGreaterThanOrEqual(10)
  })

  test("does not write into a directory that holds something", async () => {
    const before = await readdir(join(directory, "demo"))
    const ran = await vrijgave(["demo", "--dir", join(directory, "demo")])
    expect(ran).toMatchObject({ exitCode: 2, printed: "" })
    expect(ran.told).toContain("it is not empty")
    expect(await readdir(join(directory, "demo"))).toEqual(before)
    await writeFile(join(directory, "a-file"), "")
    expect(await vrijgave(["demo", "--dir", join(directory, "a-file", "x")])).toMatchObject({ exitCode: 1 })
  })
})

test("the demonstration that is stopped half-way ends with what it started", async () => {
  const main = join(REPOSITORY, "src-cli", "main.ts")
  const child = spawn(process.execPath, [main, "demo", "--dir", join(directory, "stopped")], {
    stdio: ["ignore", "pipe", "pipe"],
  })
  let told = ""
  child.stderr.on("data", (part: Buffer) => {
    told += part.toString()
  })
  child.stdout.on("data", (part: Buffer) => {
    if (part.toString().includes("The phone registers")) child.kill("SIGTERM")
  })
  await once(child, "close")
  expect(child.exitCode).toBe(1)
  expect(told).toContain("Stopped half-way")
})
