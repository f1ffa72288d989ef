import { connect } from "node:net"
import { beforeAll, describe, expect, test } from "vitest"
import fc from "fast-check"
import { checkAuthorizationRequest } from "../../src-backend/representation/authorization-request.ts"
import { parseScope } from "../../src-backend/representation/scope.ts"
import { requestPath, testConfig, walk } from "./support/flow.ts"
import { openWorld, type World } from "./support/world.ts"

let world: World
beforeAll(async () => {
  world = await openWorld()
})

const NAMES = [
  "response_type",
  "client_id",
  "redirect_uri",
  "scope",
  "state",
  "MedMij_geboortedatum",
  "code_challenge",
]
const VALUES = [
  "x".repeat(10_000),
  "\0",
  "\ud83d\ude00",
  "<svg onload=alert(1)>",
  "' OR 1=1 --",
  "../../etc/passwd",
  "%00",
]
const RAW = ["%", "%zz", "%c3%28", "%ff", "%ed%a0%80", "a%00b"]

describe("whatever is in a parameter, no code comes of it and nothing is echoed", () => {
  test.each(NAMES)("in %s", async (name) => {
    for (const value of VALUES) {
      const page = await walk(world.browser(), requestPath({ [name]: value }))
      const isState =
        name === "state" && !value.includes("\0") && value.length < 1_000 && /^[\x20-\x7e]+$/.test(value)
      if (isState) continue
      expect(page.away?.searchParams.get("code") ?? undefined).toBeUndefined()
      const shown = `${page.html}${page.away?.href ?? ""}`
      expect(shown).not.toContain(value.length > 3 ? value : "\ud83d")
    }
  })

  test.each(RAW)("encoded as %s", async (raw) => {
    for (const name of NAMES) {
      const page = await walk(world.browser(), requestPath({ [name]: undefined }, `&${name}=${raw}`))
      expect([303, 400]).toContain(page.status)
      expect(page.away?.searchParams.get("code") ?? undefined).toBeUndefined()
    }
  })
})

test("a request is judged, whatever query it has, and what is accepted is what was asked", () => {
  const config = testConfig()
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (query) => {
      expect(checkAuthorizationRequest(config, query, Date.now()).is).toBe("page")
    }),
  )
  const part = fc.constantFrom(
    "eenofanderezorgaanbieder~48",
    "onbehalfof",
    "",
    "umcharderwijk~4",
    "~",
    "a~1",
    "%20",
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const read = parseScope(parts.join(" "), "1.6")
      if (read === undefined) return
      expect(
        new Set(parts.filter((text) => text !== "onbehalfof").map((text) => text.split("~")[0])),
      ).toEqual(new Set([read.provider]))
      expect(read.representation === "adult").toBe(parts.includes("onbehalfof"))
    }),
  )
})

test.each([
  ["a form that is too long", "application/x-www-form-urlencoded", `action=${"x".repeat(10_000)}`],
  ["JSON", "application/json", '{"action":"continue"}'],
  ["no form", "text/plain", "action=continue"],
  ["an action twice", "application/x-www-form-urlencoded", "action=continue&action=agree"],
  ["an action that there is not", "application/x-www-form-urlencoded", "action=__proto__"],
])("%s does nothing to the flow", async (_, type, body) => {
  const browser = world.browser()
  const landing = await browser.get(requestPath())
  const cookie = [...browser.cookies]
    .map(([key, { value }]) => `${key.split(" ")[0] ?? ""}=${value}`)
    .join("; ")
  const headers = { "content-type": type, cookie }
  const answer = await fetch(landing.address, { method: "POST", redirect: "manual", headers, body })
  expect([answer.status, answer.headers.get("location")]).toEqual([303, new URL(landing.address).pathname])
})

test("a form that another site's page sends does nothing", async () => {
  const browser = world.browser()
  const landing = await browser.get(requestPath())
  const cookie = [...browser.cookies]
    .map(([key, { value }]) => `${key.split(" ")[0] ?? ""}=${value}`)
    .join("; ")
  const headers = {
    cookie,
    "sec-fetch-site": "cross-site",
    "content-type": "application/x-www-form-urlencoded",
  }
  const answer = await fetch(landing.address, {
    method: "POST",
    redirect: "manual",
    headers,
    body: "action=cancel",
  })
  expect(answer.status).toBe(303)
  expect((await browser.get(landing.address)).html).toContain('value="continue"')
})

test.each([
  ["a body of nonsense", "\0\0\0", "application/x-www-form-urlencoded"],
  ["JSON", '{"grant_type":"authorization_code"}', "application/json"],
  [
    "a code of ten thousand characters",
    `grant_type=authorization_code&client_id=pgo.example&redirect_uri=x&code=${"x".repeat(10_000)}`,
    "application/x-www-form-urlencoded",
  ],
  [
    "parameters twice",
    "grant_type=authorization_code&grant_type=authorization_code",
    "application/x-www-form-urlencoded",
  ],
])("the token endpoint refuses %s and echoes nothing of it", async (_, body, type) => {
  const answer = await fetch(`${world.issuer}/token`, {
    method: "POST",
    headers: { "content-type": type },
    body,
  })
  const text = await answer.text()
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  expect(text).not.toContain("xxxxxxxx")
})

test("what is no HTTP at all leaves the server standing", async () => {
  const port = Number(new URL(world.issuer).port)
  for (const nonsense of [
    "\0\0\0\r\n\r\n",
    "GET /auth?\0 HTTP/1.1\r\nhost: x\r\n\r\n",
    "GET //evil.example HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n",
  ]) {
    await new Promise<void>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => socket.end(nonsense))
      socket.on("error", () => undefined)
      socket.resume().on("close", () => {
        resolve()
      })
    })
  }
  expect((await world.browser().get(requestPath())).status).toBe(200)
})

test.each([
  "/request/../auth",
  "/request/%2e%2e",
  "/authentication/",
  "/authentication/../../x",
  "/auth/",
  "//evil.example/",
  "/request/__proto__",
  "/style.css/x",
])("the path %s leads nowhere", async (path) => {
  const answer = await fetch(`${world.issuer}${path}`, { redirect: "manual" })
  expect([400, 404]).toContain(answer.status)
  expect(answer.headers.get("location")).toBeNull()
})
