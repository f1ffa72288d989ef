import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { checkBackendConfig, type BackendConfig } from "../../src-backend/config.ts"
import { parseBackendConfig } from "../../src-backend/load-config.ts"
import { Settings } from "../../src-backend/settings.ts"
import { HOUR, MINUTE } from "../../src-protocol/instant.ts"
import { PRODUCTION } from "../../src-protocol/uzi/environments.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { castOfFile } from "./support/cast.ts"
import { configIn } from "./support/world.ts"

const cast = castOfFile()
let base: string

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "vrijgave-config-"))
  await writeFile(join(base, "no.json"), "nothing")
})
afterAll(async () => {
  await rm(base, { recursive: true })
})

function minimal(): Record<string, unknown> {
  return {
    directory: "data",
    listen: { port: 0 },
    trustFile: join(cast.get().pki.directory, "trust.json"),
    crlSources: [{ file: "crls.pem" }, { url: "http://crl.example/list.crl" }],
  }
}

test("a minimal configuration gets the protocol's own times and limits, and paths from where it lies", async () => {
  const config = await parseBackendConfig(nodeCrypto, minimal(), base)
  expect(config).toMatchObject({
    directory: join(base, "data"),
    listen: { host: "127.0.0.1", port: 0 },
    operator: { host: "127.0.0.1", port: 0 },
    crlSources: [{ file: join(base, "crls.pem") }, { url: "http://crl.example/list.crl" }],
  })
  expect(config.settings).toMatchObject({
    registeredMilliseconds: 4 * HOUR,
    lookedUpMilliseconds: HOUR,
    longestRegisteredMilliseconds: 24 * HOUR,
    authorisedMilliseconds: 72 * HOUR,
    endedKeptMilliseconds: 24 * HOUR,
    acceptedKeptMilliseconds: 168 * HOUR,
    cycleMilliseconds: 2 * HOUR,
    challengeMilliseconds: 5 * MINUTE,
    sessionMilliseconds: 8 * HOUR,
    maximumCrlAgeMilliseconds: 6 * HOUR,
  })
  expect(config.authenticationTrust).toBe(config.trust)
})

test.each([
  ["an unknown member", { colour: "red" }, "configuration"],
  ["no directory", { directory: undefined }, "directory"],
  ["a port that is none", { listen: { port: 70_000 } }, "listen.port"],
  ["no source of revocation lists", { crlSources: [] }, "crlSources"],
  ["a source of another scheme", { crlSources: [{ url: "ldap://crl.example" }] }, "crlSources.0.url"],
  ["an unknown setting", { settings: { cycleSeconds: 1 } }, "settings"],
  ["a cycle of no time", { settings: { cycleMilliseconds: 0 } }, "settings.cycleMilliseconds"],
  [
    "a session of nine hours",
    { settings: { sessionMilliseconds: 9 * HOUR } },
    "settings.sessionMilliseconds",
  ],
  ["a trust file that is absent", { trustFile: "absent.json" }, "trustFile"],
  ["a trust file that is none", { trustFile: "no.json" }, "trustFile"],
  ["a key file that is absent", { tls: { certificateFile: "no.json", keyFile: "absent" } }, "tls.keyFile"],
  ["an authentication trust that is none", { authenticationTrustFile: "no.json" }, "authenticationTrustFile"],
  ["plain HTTP for all the world", { listen: { host: "0.0.0.0", port: 0 } }, "tls"],
  ["operator's calls for all the world", { operator: { host: "0.0.0.0", port: 0 } }, "operator.host"],
  ["an origin with a path", { origin: "https://desk.example/" }, "origin"],
  ["an http origin elsewhere", { origin: "http://desk.example" }, "origin"],
])("%s does not start, and the message names the member", async (_, change, field) => {
  const parsing = parseBackendConfig(nodeCrypto, { ...minimal(), ...change }, base)
  await expect(parsing).rejects.toMatchObject({ name: "ConfigError", field })
})

test.each([
  ["without TLS", { origin: "https://desk.example" }, "tls"],
  ["without an origin", { tls: { certificate: "", key: "" }, origin: undefined }, "origin"],
  ["with an http origin", { tls: { certificate: "", key: "" }, origin: "http://127.0.0.1:1" }, "origin"],
])("the production profile does not start %s", (_, change, field) => {
  const { origin, ...rest } = { ...production(), ...change }
  const config: BackendConfig = origin === undefined ? rest : { ...rest, origin }
  expect(() => {
    checkBackendConfig(config)
  }).toThrow(expect.objectContaining({ name: "ConfigError", field }))
})

test("the production profile does not start with test anchors for sign-in", () => {
  const { pki } = cast.get()
  const tls = { certificate: "", key: "" }
  const config = { ...production(), tls, origin: "https://desk.example", authenticationTrust: pki.trust }
  expect(() => {
    checkBackendConfig(config)
  }).toThrow(expect.objectContaining({ field: "authenticationTrust" }))
})

function production(): Omit<BackendConfig, "origin"> {
  const { pki } = cast.get()
  const trust = { ...pki.trust, environment: PRODUCTION }
  const { origin, ...config } = configIn(base, pki)
  expect(origin).toBe("https://desk.example")
  return { ...config, trust, authenticationTrust: trust, settings: Settings.parse({}) }
}

test("a test anchor in a production trust file is refused", async () => {
  const { pki } = cast.get()
  const anchors = pki.trust.anchors.map((anchor) => Buffer.from(anchor).toString("base64"))
  await writeFile(join(base, "forged.json"), JSON.stringify({ profile: "production", anchors }))
  const parsing = parseBackendConfig(nodeCrypto, { ...minimal(), trustFile: "forged.json" }, base)
  await expect(parsing).rejects.toMatchObject({ name: "ConfigError", field: "trustFile" })
})
