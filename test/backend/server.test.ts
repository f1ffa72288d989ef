import { mkdtemp, readFile, rm } from "node:fs/promises"
import { request } from "node:https"
import { createServer } from "node:net"
import { connect } from "node:tls"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { BackendConfig } from "../../src-backend/config.ts"
import type { LogLine } from "../../src-backend/http/log.ts"
import { startBackend, type RunningBackend } from "../../src-backend/server.ts"
import { Settings } from "../../src-backend/settings.ts"
import { readBatch } from "../../src-protocol/batch.ts"
import { MINUTE } from "../../src-protocol/instant.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { refreshCrls } from "../../src-testkit/pki/refresh-crls.ts"
import { openssl } from "../support/openssl.ts"
import { castOfFile } from "./support/cast.ts"
import { filesHold } from "./support/files-hold.ts"
import { configIn } from "./support/world.ts"

const cast = castOfFile()
let directory: string
let tls: { certificate: string; key: string }

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "vrijgave-server-"))
  const [key, certificate] = [join(directory, "tls.key"), join(directory, "tls.pem")]
  const options = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=127.0.0.1"]
  await openssl("req", "-x509", ...options, "-keyout", key, "-out", certificate)
  tls = { certificate: await readFile(certificate, "utf8"), key: await readFile(key, "utf8") }
  await refreshCrls(cast.get().pki, Date.now() - MINUTE)
})
afterAll(async () => {
  await rm(directory, { recursive: true })
})

async function running(
  changes: Partial<BackendConfig>,
  use: (backend: RunningBackend, log: readonly LogLine[]) => Promise<void>,
): Promise<void> {
  const { origin, ...usual } = configIn(await mkdtemp(join(directory, "data-")), cast.get().pki)
  expect(origin).toBe("https://desk.example")
  const log: LogLine[] = []
  const parts = { crypto: nodeCrypto, clock: () => Date.now(), log: (line: LogLine) => void log.push(line) }
  const backend = await startBackend({ ...usual, ...changes }, parts)
  try {
    await use(backend, log)
  } finally {
    await backend.stop()
  }
}

function getOverTls(url: string, maxVersion: "TLSv1.2" | "TLSv1.3"): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request(
      url,
      { ca: tls.certificate, maxVersion, checkServerIdentity: () => undefined },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      },
    )
    asking.on("error", reject).end()
  })
}

test("it serves TLS 1.3 with its own certificate, and nothing below", async () => {
  await running({ tls, origin: "https://desk.example" }, async ({ origin }) => {
    expect(origin).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    expect(await getOverTls(`${origin}/v1/batches`, "TLSv1.3")).toBe(200)
    await expect(getOverTls(`${origin}/v1/batches`, "TLSv1.2")).rejects.toThrow(/version/)
  })
})

test("on this machine, in the test profile, it serves plain HTTP, and the operator's calls on another port", async () => {
  await running({}, async ({ origin, operatorOrigin }) => {
    expect((await fetch(`${origin}/v1/batches`)).status).toBe(200)
    expect((await fetch(`${operatorOrigin}/healthz`)).status).toBe(200)
    expect(await (await fetch(`${operatorOrigin}/readyz`)).json()).toEqual({ ready: true, missing: [] })
    expect((await fetch(`${origin}/healthz`)).status).toBe(404)
    expect((await fetch(`${operatorOrigin}/v1/batches`)).status).toBe(404)
  })
})

test.each([
  ["plain HTTP for the world", { listen: { host: "0.0.0.0", port: 0 } }, "tls"],
  ["a certificate that is none", { tls: { certificate: "x", key: "y" } }, "tls"],
])("%s does not start", async (_, changes, field) => {
  const starting = running(changes, () => Promise.reject(new Error("it started")))
  await expect(starting).rejects.toMatchObject({ name: "ConfigError", field })
})

test("a port that is taken is named, and nothing stays open", async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve))
  const address = other.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  const starting = running({ listen: { host: "127.0.0.1", port } }, () =>
    Promise.reject(new Error("it started")),
  )
  await expect(starting).rejects.toMatchObject({ name: "ConfigError", field: "listen.port" })
  other.close()
})

test("by itself it publishes a batch each cycle, which its public key verifies", async () => {
  const settings = Settings.parse({ cycleMilliseconds: 200 })
  await running({ settings }, async ({ origin, batchPublicKeySpki }, log) => {
    while (log.filter((line) => line.is === "batch").length < 2)
      await new Promise((resolve) => setTimeout(resolve, 20))
    const bytes = new Uint8Array(await (await fetch(`${origin}/v1/batches/1`)).arrayBuffer())
    expect(await readBatch(nodeCrypto, bytes, batchPublicKeySpki)).toMatchObject({ cycle: 1 })
  })
})

test("by itself it deletes a registration when its time is over", async () => {
  const settings = Settings.parse({ registeredMilliseconds: 300 })
  const data = await mkdtemp(join(directory, "data-"))
  await running({ settings, directory: data }, async ({ origin }) => {
    const hash = "5a".repeat(32)
    const body = JSON.stringify({ reference: "123456", hash, pickupHash: "A".repeat(43) })
    const headers = { "content-type": "application/json" }
    expect((await fetch(`${origin}/v1/disclosures`, { method: "POST", headers, body })).status).toBe(201)
    expect(await filesHold(data, Buffer.from(hash))).toBe(true)
    // Fails by the test's own time limit where nothing is ever deleted.
    while (await filesHold(data, Buffer.from(hash))) await new Promise((resolve) => setTimeout(resolve, 50))
  })
})

test("stopping ends streams and waiters, answers what is under way, and can be asked twice", async () => {
  await running({}, async (backend, log) => {
    const json = { reference: "123456", hash: "a".repeat(64), pickupHash: "A".repeat(43) }
    const headers = { "content-type": "application/json" }
    const body = JSON.stringify({
      ...json,
      pickupHash: Buffer.from(await sha256(Buffer.alloc(32))).toString("base64url"),
    })
    await fetch(`${backend.origin}/v1/disclosures`, { method: "POST", headers, body })
    const authorization = `Bearer ${Buffer.alloc(32).toString("base64url")}`
    const waiting = fetch(`${backend.origin}/v1/disclosures/123456/authorisation?wait=60`, {
      headers: { authorization },
    })
    await new Promise((resolve) => setTimeout(resolve, 100))
    await Promise.all([backend.stop(), backend.stop()])
    expect((await waiting).status).toBe(204)
    expect(log.at(-1)).toEqual({ is: "stopped" })
    await expect(fetch(`${backend.origin}/v1/batches`)).rejects.toThrow()
  })
})

function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return nodeCrypto.digest("sha-256", bytes)
}

test("plain text on the TLS port gets no answer in plain text", async () => {
  await running({ tls, origin: "https://desk.example" }, async ({ origin }) => {
    await expect(fetch(origin.replace("https:", "http:"))).rejects.toThrow()
    const { hostname, port } = new URL(origin)
    const socket = connect({
      host: hostname,
      port: Number(port),
      ca: tls.certificate,
      checkServerIdentity: () => undefined,
    })
    const protocol = await new Promise((resolve, reject) => {
      socket.once("secureConnect", () => {
        resolve(socket.getProtocol())
      })
      socket.once("error", reject)
    })
    socket.destroy()
    expect(protocol).toBe("TLSv1.3")
  })
})
