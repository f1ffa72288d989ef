import { request as httpRequest } from "node:http"
import { describe, expect, test } from "vitest"
import { ConfigError } from "../../src-backend/config-error.ts"
import { startRepresentation } from "../../src-backend/representation/start-representation.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { temporaryDirectory } from "../support/temporary-directory.ts"
import { parseRepresentationConfig } from "../../src-backend/representation/representation-config.ts"
import { expectErrorPage, expectSentBack, toldTo } from "./support/expectations.ts"
import {
  CHALLENGE,
  CLIENT,
  codeOf,
  exchange,
  REDIRECT,
  requestPath,
  testConfig,
  VERIFIER,
  walk,
} from "./support/flow.ts"
import { openWorld, type World } from "./support/world.ts"

const PROOF = { code_challenge: CHALLENGE, code_challenge_method: "S256" }

describe("RFC 9700 2.1: a redirect_uri is compared character by character, and there is no open redirector", () => {
  test.each([
    undefined,
    "",
    "https://",
    "https://medmij.deenigeechtepgo.nl/terug",
    "https://medmij.deenigeechtepgo.nl/terug?van=dva&x=1",
    "https://medmij.deenigeechtepgo.nl/terug?van=dva#x",
    "https://medmij.deenigeechtepgo.nl/terug?van=dva/../",
    "https://medmij.deenigeechtepgo.nl:443/terug?van=dva",
    "https://medmij.deenigeechtepgo.nl.evil.example/terug?van=dva",
    "https://evil.example/terug?van=dva",
    "https://x@medmij.deenigeechtepgo.nl/terug?van=dva",
    "http://medmij.deenigeechtepgo.nl/terug?van=dva",
    "HTTPS://MEDMIJ.deenigeechtepgo.nl/terug?van=dva",
    "https://pgo.example/cb",
    "javascript:alert(1)",
    "//evil.example",
    `https://medmij.deenigeechtepgo.nl/${"a".repeat(10_000)}`,
  ])("%s is not the client's", async (redirectUri) => {
    const world = await openWorld()
    expectErrorPage(await walk(world.browser(), requestPath({ redirect_uri: redirectUri })))
  })

  test.each(["client_id", "redirect_uri"])("%s twice is not taken either", async (name) => {
    const world = await openWorld()
    const value = name === "client_id" ? CLIENT : REDIRECT
    expectErrorPage(await walk(world.browser(), requestPath({}, `&${name}=${encodeURIComponent(value)}`)))
  })

  test("a loopback client's port is free (RFC 8252 7.3), and nothing else of its address", async () => {
    const world = await openWorld()
    const to = (uri: string) => requestPath({ client_id: "phone.example", redirect_uri: uri })
    expect((await world.browser().get(to("http://127.0.0.1:51234/callback"))).status).toBe(200)
    for (const uri of [
      "http://127.0.0.1:51234/other",
      "http://localhost:1/callback",
      "http://127.0.0.1.evil.example/callback",
      "http://127.0.0.1:99999/callback",
      "http://127.0.0.1:1@evil.example/callback",
    ])
      expectErrorPage(await walk(world.browser(), to(uri)))
  })
})

describe("core.authint.200: who may be registered", () => {
  const withClient = (client: object, isTest = false) => {
    const { providers } = testConfig()
    const base = {
      id: "pgo.example",
      displayName: "Een PGO",
      redirectUris: ["https://pgo.example/cb"],
      services: ["48"],
    }
    return () => parseRepresentationConfig({ isTest, providers, clients: [{ ...base, ...client }] })
  }

  test("a client whose redirect_uri has its id as host", () => {
    expect(withClient({})().clients).toHaveLength(1)
  })

  test.each([
    ["another host", { redirectUris: ["https://evil.example/cb"] }],
    ["a port", { redirectUris: ["https://pgo.example:443/cb"] }],
    ["no TLS", { redirectUris: ["http://pgo.example/cb"] }],
    ["a user", { redirectUris: ["https://a@pgo.example/cb"] }],
    ["a fragment", { redirectUris: ["https://pgo.example/cb#a"] }],
    ["a longer host", { redirectUris: ["https://pgo.example.evil.example/cb"] }],
    ["the loopback address, outside tests", { loopback: true, redirectUris: ["http://127.0.0.1/cb"] }],
  ])("but not with %s", (_, client) => {
    expect(withClient(client)).toThrow(/redirectUris|clients\./)
  })
})

describe("RFC 6749 4.1.2.1: what is wrong is told to the client by its error code", () => {
  test.each([
    ["no response_type", { response_type: undefined }, "invalid_request"],
    ["response_type token", { response_type: "token" }, "unsupported_response_type"],
    ["response_type code id_token", { response_type: "code id_token" }, "unsupported_response_type"],
    ["no scope", { scope: undefined }, "invalid_scope"],
  ])("%s", async (_, changes, error) => {
    const world = await openWorld()
    const page = await walk(world.browser(), requestPath(changes))
    expectSentBack(page, error)
    // Never in the fragment, where the client's server would not see it.
    expect(page.away?.hash).toBe("")
  })

  test.each([
    ["missing", { state: undefined }, ""],
    ["empty", { state: "" }, ""],
    ["twice", {}, "&state=other"],
    ["too long", { state: "s".repeat(10_000) }, ""],
    ["with a control character", { state: "a\nb" }, ""],
    ["no ASCII", { state: "é" }, ""],
  ])("a state that is %s is not echoed", async (_, changes, raw) => {
    const world = await openWorld()
    const page = await walk(world.browser(), requestPath(changes, raw))
    expect(toldTo(page)).toMatchObject({ error: "invalid_request" })
    expect(toldTo(page)).not.toHaveProperty("state")
  })

  test("a state of all that is allowed comes back as it was", async () => {
    const world = await openWorld()
    const state = String.fromCharCode(...Array.from({ length: 95 }, (_, i) => i + 32))
    const page = await walk(world.browser(), requestPath({ state }))
    expect(toldTo(page)["state"]).toBe(state)
  })

  test.each(["response_type=code", "scope=eenofanderezorgaanbieder~48"])("%s twice", async (raw) => {
    const world = await openWorld()
    expectSentBack(await walk(world.browser(), requestPath({}, `&${raw}`)), "invalid_request")
  })

  test("RFC 6749 3.1: what nobody knows is ignored, and so is every mode and prompt that MedMij has not", async () => {
    const world = await openWorld()
    const raw =
      "&foo=1&foo=2&prompt=none&response_mode=fragment&nonce=n&claims=%7B%7D&resource=urn:x&request=x&request_uri=urn:x&max_age=0&transaction=x&dpop_jkt=x&registration=x&id_token_hint=x&%ff=%ff"
    expect(codeOf(await walk(world.browser(), requestPath({}, raw)))).toBeDefined()
  })

  test.each(["POST", "PUT", "DELETE", "HEAD"])(
    "the authorization endpoint is for GET, not %s",
    async (method) => {
      const { issuer } = await openWorld()
      const answer = await fetch(`${issuer}${requestPath()}`, { method, redirect: "manual" })
      expect(answer.status).toBe(405)
    },
  )

  test("MedMij's ids are required by a setting", async () => {
    const world = await openWorld({ settings: { requireTraceIds: true } })
    expectSentBack(await walk(world.browser(), requestPath()), "invalid_request")
    const ids = { "MedMij-Request-ID": crypto.randomUUID(), "X-Correlation-ID": crypto.randomUUID() }
    expect(codeOf(await walk(world.browser(), requestPath(ids)))).toBeDefined()
  })
})

describe("RFC 7636: the proof key", () => {
  test.each([
    ["plain", { code_challenge: CHALLENGE, code_challenge_method: "plain" }],
    ["of no method, which would be plain", { code_challenge: CHALLENGE }],
    ["of another method", { code_challenge: CHALLENGE, code_challenge_method: "s256" }],
    ["too short", { ...PROOF, code_challenge: CHALLENGE.slice(1) }],
    ["of another alphabet", { ...PROOF, code_challenge: `${CHALLENGE.slice(1)}+` }],
    ["without a challenge", { code_challenge_method: "S256" }],
  ])("%s is refused as 1b", async (_, changes) => {
    const world = await openWorld()
    expectSentBack(await walk(world.browser(), requestPath(changes)), "invalid_request")
  })

  test("is enforced when it was sent", async () => {
    const world = await openWorld()
    for (const [verifier, status] of [
      [undefined, 400],
      [`${VERIFIER.slice(1)}x`, 400],
      [VERIFIER, 200],
    ] as const) {
      const code = codeOf(await walk(world.browser(), requestPath(PROOF))) ?? ""
      expect((await exchange(world, code, { code_verifier: verifier })).status).toBe(status)
    }
  })

  test("RFC 9700 4.8.2: a verifier without a challenge is refused", async () => {
    const world = await openWorld()
    const code = codeOf(await walk(world.browser(), requestPath())) ?? ""
    expect((await exchange(world, code, { code_verifier: VERIFIER })).body["error"]).toBe("invalid_grant")
  })

  test("is required unless the operator says otherwise", async () => {
    expect(testConfig({ requireProofKey: true }).settings.requireProofKey).toBe(true)
    const { providers, clients } = testConfig()
    expect(parseRepresentationConfig({ isTest: true, providers, clients }).settings.requireProofKey).toBe(
      true,
    )
    const world = await openWorld({ settings: { requireProofKey: true } })
    expectSentBack(await walk(world.browser(), requestPath()), "invalid_request")
  })
})

describe("the token endpoint", () => {
  const codeIn = async (world: World) => codeOf(await walk(world.browser(), requestPath())) ?? ""

  test("RFC 6749 4.1.2: a code that comes twice gives nothing, and takes back what it gave", async () => {
    const world = await openWorld()
    const code = await codeIn(world)
    const first = await exchange(world, code)
    const token = String(first.body["access_token"])
    expect(await world.server.memory.adapterFor("AccessToken").find(token)).toBeDefined()
    const second = await exchange(world, code)
    expect(second.body["error"]).toBe("invalid_grant")
    expect(await world.server.memory.adapterFor("AccessToken").find(token)).toBeUndefined()
  })

  test("two exchanges of one code at the same time give one token at most", async () => {
    const world = await openWorld()
    const code = await codeIn(world)
    const answers = await Promise.all(Array.from({ length: 8 }, () => exchange(world, code)))
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1)
  })

  test.each([
    ["another redirect_uri", { redirect_uri: "https://medmij.deenigeechtepgo.nl/" }, "invalid_grant"],
    ["another client", { client_id: "pgo.example", redirect_uri: "https://pgo.example/cb" }, "invalid_grant"],
    ["no redirect_uri", { redirect_uri: undefined }, "invalid_request"],
    ["an unknown client", { client_id: "nobody.example" }, "invalid_client"],
    ["another code", { code: "x".repeat(43) }, "invalid_grant"],
    ["another grant type", { grant_type: "password" }, "unsupported_grant_type"],
  ])("refuses %s", async (_, changes, error) => {
    const world = await openWorld()
    const answer = await exchange(world, await codeIn(world), changes)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.body["error"]).toBe(error)
    expect(answer.headers.get("cache-control")).toBe("no-store")
  })

  test("a code is over after its minute", async () => {
    const world = await openWorld()
    const code = await codeIn(world)
    world.advance(61_000)
    expect((await exchange(world, code)).body["error"]).toBe("invalid_grant")
  })

  test("RFC 6749 5.1: a token is answered in the body alone, and not to be stored", async () => {
    const world = await openWorld()
    const { status, headers, body } = await exchange(world, await codeIn(world))
    expect([status, headers.get("cache-control"), headers.get("location")]).toEqual([200, "no-store", null])
    expect(body).toMatchObject({ token_type: "Bearer", expires_in: 900 })
    expect(String(body["access_token"])).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })
})

test("RFC 9207: every answer to the client names who gave it", async () => {
  const world = await openWorld()
  for (const changes of [{}, { MedMij_geboortedatum: "19700902" }, { MedMij_geboortedatum: "x" }])
    expect(toldTo(await walk(world.browser(), requestPath(changes)))["iss"]).toBe(world.issuer)
})

test("RFC 8414: the metadata names what there is, and no more", async () => {
  const { issuer } = await openWorld()
  const answer = await fetch(`${issuer}/.well-known/oauth-authorization-server`)
  expect(await answer.json()).toMatchObject({
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    response_types_supported: ["code"],
    grant_types_supported: ["authorization_code"],
    code_challenge_methods_supported: ["S256"],
    authorization_response_iss_parameter_supported: true,
  })
})

test("addresses are made from the issuer, whatever host a request names", async () => {
  const { issuer } = await openWorld()
  const { status, text } = await getAs("evil.example", `${issuer}/.well-known/oauth-authorization-server`)
  expect(status).toBe(200)
  expect(text).not.toContain("evil.example")
})

function getAs(host: string, address: string): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(address, {
      headers: { host, "x-forwarded-host": host, "x-forwarded-proto": "https" },
    })
    asked.on("error", reject)
    asked.on("response", (answer) => {
      let text = ""
      answer.setEncoding("utf8").on("data", (part: string) => (text += part))
      answer.on("end", () => {
        resolve({ status: answer.statusCode, text })
      })
    })
    asked.end()
  })
}

test("behind a proxy that ends TLS, cookies are for https alone and every address is the issuer's", async () => {
  const endpoint = { host: "127.0.0.1", port: 0, issuer: "https://dva.example" }
  const parts = { crypto: nodeCrypto, clock: () => Date.now(), log: () => undefined }
  const server = await startRepresentation(await temporaryDirectory(), endpoint, testConfig(), parts)
  try {
    expect(server.issuer).toBe("https://dva.example")
    const { port } = server
    const answer = await fetch(`http://127.0.0.1:${port}${requestPath()}`, { redirect: "manual" })
    expect(answer.headers.get("strict-transport-security")).toContain("max-age")
    const cookies = answer.headers.getSetCookie()
    expect(cookies.length).toBeGreaterThan(0)
    for (const cookie of cookies) expect(cookie).toMatch(/; secure; httponly/i)
    const refused = await fetch(`http://127.0.0.1:${port}${requestPath({ scope: "x" })}`, {
      redirect: "manual",
    })
    expect(new URL(refused.headers.get("location") ?? "").searchParams.get("iss")).toBe("https://dva.example")
  } finally {
    await server.stop()
  }
})

test.each([
  ["outside tests, without a module for DigiD", { isTest: false, clients: [] }, {}],
  ["on an address that others reach, with the mock", {}, { host: "0.0.0.0" }],
  ["with an issuer that is more than an origin", {}, { issuer: "https://dva.example/path" }],
])("no server starts %s", async (_, changes, endpoint) => {
  const config = { ...testConfig(), ...changes }
  const parts = { crypto: nodeCrypto, clock: () => Date.now(), log: () => undefined }
  const at = { host: "127.0.0.1", port: 0, ...endpoint }
  await expect(startRepresentation(await temporaryDirectory(), at, config, parts)).rejects.toThrow(
    ConfigError,
  )
})
