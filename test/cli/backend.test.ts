import { createServer } from "node:http"
import { mkdir, readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { AddressInfo } from "node:net"
import { beforeAll, describe, expect, test } from "vitest"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"
import { openSqliteStore } from "../../src-backend/store/sqlite-store.ts"
import { vrijgave, type Ran } from "../support/scripted-terminal.ts"
import { temporaryDirectory } from "../support/temporary-directory.ts"
import { testPki } from "../support/test-pki.ts"

let pki: TestPki
let directory: string
beforeAll(async () => {
  pki = await testPki()
  directory = await temporaryDirectory()
})

const at = (name: string) => join(directory, name)

/** Runs the command until it has told where it listens, hands that to `visit`, and stops it. */
async function running(
  line: readonly string[],
  visit: (origins: readonly string[]) => Promise<void>,
): Promise<Ran> {
  const stop = new AbortController()
  const origins: string[] = []
  let visited: Promise<void> | undefined
  const onLine = (text: string) => {
    const [, name, origin] = /^(backend|operator) +(http:\/\/\S+)/.exec(text) ?? []
    if (origin !== undefined) origins.push(origin)
    if (name === "operator")
      visited = visit(origins).finally(() => {
        stop.abort()
      })
  }
  const ran = await vrijgave(line, { stopping: stop.signal, onLine })
  await visited
  return ran
}

const testLine = (name: string) => [
  "backend",
  "--dir",
  at(name),
  "--port",
  "0",
  "--pki",
  pki.directory,
  "--cycle",
  "60",
]

describe("backend", () => {
  test("serves phones and the operator until it is stopped, and its log says nothing of who asked what", async () => {
    const ran = await running(testLine("a"), async ([origin = "", operator = ""]) => {
      const batches = await fetch(`${origin}/v1/batches`)
      expect(await batches.json()).toMatchObject({ cycleSeconds: 60 })
      const unknown = await fetch(`${origin}/v1/disclosures/123456/authorisation`)
      expect(unknown.status).toBe(404)
      expect((await fetch(`${operator}/healthz`)).status).toBe(200)
    })
    expect(ran.exitCode).toBe(0)
    expect(ran.told).toContain('"is":"stopped"')
    expect(ran.told).toContain('"route":"pickUp"')
    expect(ran.told).not.toContain("123456")
    expect(await readdir(at("a"))).toContain("batch-public-key.pem")
  })

  test("starts again where it stopped", async () => {
    expect(await running(testLine("a"), () => Promise.resolve())).toMatchObject({ exitCode: 0 })
  })

  test("runs from a configuration file, and logs to standard output", async () => {
    const config = {
      directory: at("configured"),
      listen: { port: 0 },
      trustFile: join(pki.directory, "trust.json"),
      crlSources: [{ file: join(pki.directory, "crls.pem") }],
    }
    await writeFile(at("backend.json"), JSON.stringify(config))
    const stop = new AbortController()
    const onLine = (text: string) => {
      if (text.includes('"is":"started"')) stop.abort()
    }
    const ran = await vrijgave(["backend", "--config", at("backend.json")], { stopping: stop.signal, onLine })
    expect(ran.exitCode).toBe(0)
    expect(ran.printed.split("\n").map((line): unknown => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ is: "started", profile: "test" }),
    )
  })
})

describe("a backend that cannot start says why, and nothing stays open", () => {
  test("a port that another program listens on", async () => {
    const other = createServer().listen(0, "127.0.0.1")
    await new Promise((resolve) => other.once("listening", resolve))
    // Sound: a server that listens on TCP has an address and a port.
    const { port } = other.address() as AddressInfo
    const line = ["backend", "--dir", at("b"), "--port", String(port), "--pki", pki.directory]
    const ran = await vrijgave(line)
    other.close()
    expect(ran.exitCode).not.toBe(0)
    expect(ran.told).toContain(String(port))
    expect(ran.told).toMatch(/choose another|listens|in use/)
    expect(ran.told).not.toMatch(/^\s+at /m)
  })

  test("a directory that another backend has", async () => {
    await mkdir(at("d"))
    const other = await openSqliteStore(join(at("d"), "backend.sqlite"))
    const ran = await vrijgave(["backend", "--dir", at("d"), "--port", "0", "--pki", pki.directory])
    await other.close()
    expect(ran.exitCode).toBe(1)
    expect(ran.told).toContain("in use by another backend")
    expect(ran.told).not.toMatch(/^\s+at /m)
  })

  test("a store that is something else", async () => {
    await mkdir(at("c"))
    await writeFile(join(at("c"), "backend.sqlite"), "this is no database, it is a shopping list".repeat(100))
    const ran = await vrijgave(["backend", "--dir", at("c"), "--port", "0", "--pki", pki.directory])
    expect(ran.exitCode).toBe(1)
    expect(ran.told).toContain("backend.sqlite")
    expect(ran.told).not.toMatch(/^\s+at /m)
  })

  test.each([
    ["no options", () => [], "Give --dir, --port and --pki"],
    [
      "a port above 65535",
      () => ["--dir", at("n"), "--port", "70000", "--pki", pki.directory],
      "from 0 to 65535",
    ],
    [
      "a port that is a word",
      () => ["--dir", at("n"), "--port", "http", "--pki", pki.directory],
      "from 0 to 65535",
    ],
    [
      "a cycle of nothing",
      () => ["--dir", at("n"), "--port", "0", "--pki", pki.directory, "--cycle", "0"],
      "whole seconds",
    ],
    [
      "a hierarchy that is not there",
      () => ["--dir", at("n"), "--port", "0", "--pki", at("no")],
      "vrijgave pki init --dir",
    ],
    [
      "a configuration with options beside it",
      () => ["--config", at("x.json"), "--port", "1"],
      "Give --config alone",
    ],
    ["a configuration that is not there", () => ["--config", at("x.json")], "there is no such file"],
    [
      "a configuration that is no JSON",
      () => ["--config", join(pki.directory, "root.pem")],
      "this is not JSON",
    ],
    ["a configuration of something else", () => ["--config", join(pki.directory, "trust.json")], ":"],
  ])("%s: a usage error, and nothing is written", async (_, options, message) => {
    const ran = await vrijgave(["backend", ...options()])
    expect(ran.told).toContain(message)
    expect(ran).toMatchObject({ exitCode: 2, printed: "" })
    expect(await readdir(directory)).not.toContain("n")
  })
})
