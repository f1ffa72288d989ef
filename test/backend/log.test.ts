import { expect, test } from "vitest"
import { aggregate } from "../../src-backend/aggregation/aggregate.ts"
import { faultLine } from "../../src-backend/http/log.ts"
import { keepHouse } from "../../src-backend/housekeeping.ts"
import { base64UrlOf } from "../../src-protocol/bytes.ts"
import { decodeOpaque } from "../../src-protocol/opaque.ts"
import {
  authorised,
  find,
  pickUp,
  publish,
  register,
  sendReceipt,
  signIn,
  trySignIn,
  withdraw,
} from "./support/actors.ts"
import { cardOf, castOfFile, inWorld } from "./support/cast.ts"
import { anyNumber } from "./support/matchers.ts"
import { ask } from "./support/world.ts"

const cast = castOfFile()
const ADDRESS = "198.51.100.77"

test("a whole journey with its mistakes leaves no address, reference, path, body, hash, code or token in the log", async () => {
  const { pki, doctor } = cast.get()
  const revoked = await cardOf(pki, "ingetrokken", "Jannie Tester")
  await inWorld(pki, {}, async (world) => {
    const session = await signIn(world, doctor)
    await trySignIn(world, revoked)
    const { phone, authorisation, statusToken } = await authorised(world, doctor, session)
    const { reference, confirmation } = phone.code
    await register(world, phone, {}, ADDRESS)
    await register(world, { ...phone, hash: "0".repeat(64) }, { nonsense: reference }, ADDRESS)
    await find(world, session, reference)
    await pickUp(world, phone)
    await ask(world, { method: "GET", path: `/v1/nothing/${reference}?hash=${phone.hash}`, address: ADDRESS })
    await sendReceipt(world, phone, { accepted: true })
    await publish(world, new Uint8Array(79), authorisation)
    await publish(world, phone.opaque, authorisation)
    await withdraw(world, phone)
    await aggregate(world.backend)
    await keepHouse(world.backend)
    const log = JSON.stringify(world.log)
    const { salt, dayKey } = decodeOpaque(phone.opaque)
    for (const secret of [
      ADDRESS,
      reference,
      `${reference}${confirmation}`,
      phone.hash,
      phone.pickupKey,
      phone.pickupHash,
      session,
      statusToken,
      "/v1/",
      "disclosures",
      base64UrlOf(phone.opaque),
      base64UrlOf(salt),
      base64UrlOf(dayKey),
      base64UrlOf(authorisation).slice(0, 40),
      Buffer.from(authorisation).toString("latin1").slice(300, 340),
    ]) {
      expect(log).not.toContain(secret)
    }
    expect(world.log.filter((line) => line.is === "request").map((line) => line.route)).toContain("publish")
  })
})

test("what is logged of a request is its route's name, its status and its time", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    await ask(world, { method: "GET", path: "/v1/batches/12345" })
    await ask(world, { method: "GET", path: "/v1/unknown/12345" })
    expect(world.log).toEqual([
      { is: "request", route: "batch", status: 404, milliseconds: anyNumber() },
      { is: "request", route: "none", status: 404, milliseconds: anyNumber() },
    ])
  })
})

test("of an error the log has its class and places in the code, never its message", () => {
  const line = faultLine("register", new RangeError("hash aaaa of 123456"))
  expect(line).toMatchObject({ is: "fault", where: "register", error: "RangeError" })
  expect(JSON.stringify(line)).toContain("log.test.ts:")
  expect(JSON.stringify(line)).not.toMatch(/aaaa|123456/)
  expect(faultLine("register", "hash aaaa")).toEqual({
    is: "fault",
    where: "register",
    error: "string",
    stack: [],
  })
})

test("a message of several lines leaves no line of itself in the stack", () => {
  const line = faultLine("register", new Error("first\n    at secret (reference 123456)"))
  expect(JSON.stringify(line)).not.toContain("123456")
})
