import { execFile, spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"
import { testPki } from "../support/test-pki.ts"

const BIN = join(import.meta.dirname, "../../src-cli/bin.mjs")

let pki: TestPki
let directory: string
beforeAll(async () => {
  pki = await testPki()
  directory = await mkdtemp(join(tmpdir(), "vrijgave-process-"))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

interface Ended {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

function run(line: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...process.env, ...environment }
    const child = execFile(process.execPath, [BIN, ...line], { env }, (_, stdout, stderr) => {
      resolve({ exitCode: child.exitCode, stdout, stderr })
    })
    child.stdin?.end()
  })
}

describe("the vrijgave process", () => {
  test("prints its result on standard output and ends with 0", async () => {
    expect(await run(["words", "encode", "--code", "1234567890"])).toEqual({
      exitCode: 0,
      stdout: "bar clown coffee celery\n",
      stderr: "",
    })
  })

  test("ends with 2 and one plain line for a wrong option", async () => {
    const ended = await run(["words", "encode", "--code", "12"])
    expect(ended.exitCode).toBe(2)
    expect(ended.stdout).toBe("")
    expect(ended.stderr.trim().split("\n")).toHaveLength(1)
  })

  test("ends with 3 for a package that is refused", async () => {
    const files = ["--root", join(pki.directory, "root.pem"), "--crl", join(pki.directory, "crls.pem")]
    const ended = await run(["verify", join(pki.directory, "root.pem"), ...files])
    expect(ended.exitCode).toBe(3)
    expect(ended.stdout).toMatch(/^refused: malformed-smime\n/)
  })

  test("shows where a failure arose only when VRIJGAVE_DEBUG asks for it", async () => {
    const line = ["phone", "show", "--state", directory, "--backend", "http://127.0.0.1:9"]
    const root = ["--root", join(pki.directory, "root.pem")]
    const plain = await run([...line, ...root])
    expect(plain.exitCode).toBe(1)
    expect(plain.stderr).not.toMatch(/^\s+at /m)
    const traced = await run([...line, ...root], { VRIJGAVE_DEBUG: "1" })
    expect(traced.exitCode).toBe(1)
    expect(traced.stderr).toMatch(/^\s+at /m)
  })

  test("asks nobody where there is no terminal", async () => {
    const ended = await run([
      "sign",
      "--backend",
      "http://127.0.0.1:9",
      "--softhsm",
      directory,
      "--token",
      "A",
      "--code",
      "1234567890",
    ])
    expect(ended.exitCode).toBe(2)
    expect(ended.stderr).toContain("There is no terminal to ask on")
  })
})

describe("the PIN of vrijgave sign, from a file descriptor", () => {
  const line = [
    "sign",
    "--backend",
    "http://127.0.0.1:9",
    "--softhsm",
    "CARDS",
    "--token",
    "A",
    "--code",
    "1234567890",
  ]
  const said = ["--consent", "--read-back-confirmed", "--root", "ROOT", "--pin-fd"]

  test.each(["3", "4", "5", "6", "7", "9", "900"])(
    "number %s, which nobody opened, is a usage error",
    async (fd) => {
      await mkdir(join(directory, "cards"), { recursive: true })
      await writeFile(join(directory, "cards", "softhsm2.conf"), "")
      const files = new Map([
        ["CARDS", join(directory, "cards")],
        ["ROOT", join(pki.directory, "root.pem")],
      ])
      const ended = await run([...line, ...said, fd].map((option) => files.get(option) ?? option))
      expect(ended.stderr).toContain(`--pin-fd ${fd}: nothing can be read from that file descriptor`)
      expect(ended.exitCode).toBe(2)
    },
  )
})

describe("vrijgave backend as a process", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("ends cleanly on %s", async (signal) => {
    const line = ["backend", "--dir", join(directory, signal), "--port", "0", "--pki", pki.directory]
    const child = spawn(process.execPath, [BIN, ...line], { stdio: ["ignore", "pipe", "pipe"] })
    const told = collect(child)
    await once(child.stdout, "data")
    child.kill(signal)
    await once(child, "exit")
    expect(child.exitCode).toBe(0)
    expect(told()).toContain('"is":"stopped"')
  })
})

function collect(child: ChildProcess): () => string {
  let text = ""
  child.stderr?.on("data", (part: Buffer) => {
    text += part.toString()
  })
  return () => text
}
