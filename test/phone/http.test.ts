import { createServer } from "node:net"
import { describe, expect, test } from "vitest"
import { base64UrlOf } from "../../src-protocol/bytes.ts"
import { productionProfile } from "../../src-protocol/uzi/trust-profile.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import type { PhoneErrorCode } from "../../src-phone/phone-error.ts"
import { createPhone } from "../../src-phone/phone.ts"
import { testPki } from "../support/test-pki.ts"
import { expectPhoneError, testPhone } from "./support/phones.ts"
import { json, problem, scriptedBackend, silence, type Reply } from "./support/scripted-backend.ts"

const { trust } = await testPki()

const redirect: Reply = (response) => {
  response.writeHead(302, { location: "http://127.0.0.1:1/" }).end()
}
const hotelPage: Reply = (response) => {
  response.writeHead(200, { "content-type": "text/html" }).end("<h1>Welcome to our Wi-Fi</h1>")
}
const announcedTooLarge: Reply = (response) => {
  response.writeHead(201, { "content-type": "application/json", "content-length": "100000000" }).write("{")
}
const endless: Reply = (response) => {
  response.writeHead(201, { "content-type": "application/json" })
  const pour = (): void => {
    while (!response.destroyed && response.write(" ".repeat(65_536)));
    if (!response.destroyed) response.once("drain", pour)
  }
  pour()
}
const plain404: Reply = (response) => {
  response.writeHead(404, { "content-type": "text/html" }).end("nginx")
}
const brokenJson: Reply = (response) => {
  response.writeHead(201, { "content-type": "application/json" }).end('{"expiresAt":')
}
const notUtf8: Reply = (response) => {
  response.writeHead(201, { "content-type": "application/json" }).end(Buffer.from([0x22, 0xff, 0x22]))
}

describe("an answer of the backend that is not the protocol's", () => {
  test.each<[string, Reply, PhoneErrorCode, boolean]>([
    ["a redirect", redirect, "redirected", true],
    ["a sign-in page of a hotel", hotelPage, "wrong-answer", true],
    ["an answer that announces 100 MB", announcedTooLarge, "answer-too-large", true],
    ["an answer without an end", endless, "answer-too-large", true],
    ["a 404 that the network made", plain404, "wrong-answer", true],
    ["JSON that breaks off", brokenJson, "wrong-answer", true],
    ["bytes that are not UTF-8", notUtf8, "wrong-answer", true],
    [
      "a member that is unknown",
      json(201, { expiresAt: "2026-01-01T00:00:00.000Z", more: 1 }),
      "wrong-answer",
      true,
    ],
    ["a time that is none", json(201, { expiresAt: "tomorrow" }), "wrong-answer", true],
    [
      "a status that is not in the table",
      json(203, { expiresAt: "2026-01-01T00:00:00.000Z" }),
      "wrong-answer",
      true,
    ],
    [
      "a problem of a type unknown",
      problem(409, "reference-taken", { type: "about:blank" }),
      "wrong-answer",
      true,
    ],
    [
      "a problem whose status is another's",
      problem(409, "reference-taken", { status: 410 }),
      "wrong-answer",
      true,
    ],
    ["a problem of another call", problem(409, "already-authorised"), "wrong-answer", true],
    ["a puzzle that is not said", problem(429, "puzzle-required"), "too-many-requests", true],
    ["a server error", problem(500, "unavailable"), "backend-unavailable", true],
    ["a gateway's error", plain(502), "backend-unavailable", true],
    [
      "a problem that says the body is too large",
      problem(413, "payload-too-large"),
      "request-refused",
      false,
    ],
  ])("%s is a plain error, and the drawing stays for the next attempt", async (_, reply, code, retriable) => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, trust)
    backend.on("register", reply)
    expect((await expectPhoneError(phone.register(), code)).retriable).toBe(retriable)
    expect((await phone.show()).situation).toBe("registering")
  })

  test("an answer that never comes ends after the time that was set", async () => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, trust, { settings: { timeoutMilliseconds: 100 } })
    backend.on("register", silence)
    await expectPhoneError(phone.register(), "timed-out")
  })

  test("an answer whose body never ends within the time is given up too", async () => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, trust, { settings: { timeoutMilliseconds: 100 } })
    backend.on("register", (response) => {
      response.writeHead(201, { "content-type": "application/json" }).write("{")
    })
    await expectPhoneError(phone.register(), "timed-out")
  })

  test("a port where nobody listens is no network", async () => {
    const { phone } = await testPhone(`http://127.0.0.1:${String(await freePort())}`, trust)
    await expectPhoneError(phone.register(), "no-network")
  })

  test("a package that is not base64url leaves the disclosure registered", async () => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, trust)
    await phone.register()
    for (const authorisation of ["****", "A", "AB"]) {
      backend.on("pickUp", json(200, { authorisation }, 24_576))
      expect(await phone.wait()).toMatchObject({ situation: "registered", trouble: "wrong-answer" })
    }
  })

  test("a package larger than the fixed size is not read", async () => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, trust)
    await phone.register()
    backend.on("pickUp", json(200, { authorisation: base64UrlOf(new Uint8Array(20_000)) }, 0))
    expect(await phone.wait()).toMatchObject({ situation: "registered", trouble: "answer-too-large" })
  })
})

describe("a question to the backend", () => {
  test("uses a connection of its own, and brings no cookie, no referrer and no wish for compression", async () => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, trust)
    backend.on("register", (response, request) => {
      response.setHeader("set-cookie", "phone=1; Path=/")
      json(201, { expiresAt: new Date().toISOString() })(response, request)
    })
    await phone.register()
    await phone.wait()
    await phone.wait()
    expect(new Set(backend.received.map(({ remotePort }) => remotePort)).size).toBe(3)
    for (const { headers } of backend.received) {
      expect(headers.cookie).toBeUndefined()
      expect(headers.referer).toBeUndefined()
      expect(headers["accept-encoding"]).toBe("identity")
    }
  })

  test("carries the pickupKey where it must and the reference nowhere else than in the path", async () => {
    const backend = await scriptedBackend()
    const { phone, state } = await testPhone(backend.origin, trust)
    await phone.register()
    await phone.wait()
    const { disclosure } = await state()
    const key = disclosure?.step === "registered" ? disclosure.pickupKey : ""
    expect(backend.of("register")[0]?.headers.authorization).toBeUndefined()
    expect(backend.of("pickUp")[0]?.headers.authorization).toBe(`Bearer ${key}`)
  })
})

describe("the address of a backend", () => {
  const parts = { crypto: nodeCrypto, clock: Date.now, language: "nl" } as const
  const storage = { read: () => Promise.resolve(undefined), write: () => Promise.resolve() }

  test.each([
    ["plain HTTP on another machine", "http://example.nl"],
    ["plain HTTP on a name that begins like this machine's", "http://localhost.example.nl"],
    ["a scheme that is not the web's", "ftp://127.0.0.1"],
    ["an address with a path", "https://example.nl/backend"],
    ["an address with a password", "https://me:secret@example.nl"],
    ["no address at all", "example"],
  ])("is refused where it is %s", (_, backend) => {
    expect(() => createPhone({ ...parts, storage, backend, trust })).toThrow(
      expect.objectContaining({ code: "insecure-backend" }),
    )
  })

  test("may be plain HTTP on this machine with the test profile, but not with that of production", async () => {
    const backend = "http://127.0.0.1:8080"
    expect(() => createPhone({ ...parts, storage, backend, trust })).not.toThrow()
    const production = { ...(await productionLike()), anchors: trust.anchors }
    expect(() => createPhone({ ...parts, storage, backend, trust: production })).toThrow(
      expect.objectContaining({ code: "insecure-backend" }),
    )
    expect(() =>
      createPhone({ ...parts, storage, backend: "https://example.nl", trust: production }),
    ).not.toThrow()
  })
})

function plain(status: number): Reply {
  return (response) => {
    response.writeHead(status).end()
  }
}

/** The production environment without its root, which is not ours to keep here. */
async function productionLike(): Promise<typeof trust> {
  const refused: unknown = await productionProfile(nodeCrypto, trust.anchors).catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: "malformed-trust-profile" })
  const { PRODUCTION } = await import("../../src-protocol/uzi/environments.ts")
  return { ...trust, environment: PRODUCTION }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === "object" && address !== null ? address.port : 0
}
