import { createHash } from "node:crypto"
import { describe, expect, test } from "vitest"
import { RegisterRequest } from "../../src-protocol/api.ts"
import { bytesOfBase64Url, hexOf } from "../../src-protocol/bytes.ts"
import { dayOf, HOUR, MINUTE } from "../../src-protocol/instant.ts"
import { decodeOpaque } from "../../src-protocol/opaque.ts"
import { checkPuzzle } from "../../src-protocol/puzzle.ts"
import { englishWords } from "../../src-protocol/trustwords/english.ts"
import { decodeTrustwords } from "../../src-protocol/trustwords/codec.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { readFileSync } from "node:fs"
import { codeShown, expectPhoneError, testPhone } from "./support/phones.ts"
import {
  atOtherTime,
  breakOff,
  json,
  problem,
  scriptedBackend,
  type Received,
} from "./support/scripted-backend.ts"
import { testPki } from "../support/test-pki.ts"

const { trust } = await testPki()
const TODAY = dayOf(Date.now())

function registration(request: Received | undefined): RegisterRequest {
  return RegisterRequest.parse(JSON.parse(request?.body.toString() ?? ""))
}

describe("registering", () => {
  test("sends six digits, the hash and the hash of a key, in a body of fixed size, and shows the code", async () => {
    const backend = await scriptedBackend()
    const { phone, state } = await testPhone(backend.origin, trust)
    const view = await phone.register()
    const sent = registration(backend.received[0])
    const { disclosure } = await state()
    if (disclosure?.step !== "registered") throw new TypeError("not registered")
    expect(backend.received[0]?.body.length).toBe(1_024)
    expect(sent.reference).toBe(codeShown(view).reference)
    expect(sent.hash).toBe(createHash("sha256").update(bytesOfBase64Url(disclosure.opaque)).digest("hex"))
    expect(hexOf(bytesOfBase64Url(sent.pickupHash))).toBe(
      createHash("sha256").update(bytesOfBase64Url(disclosure.pickupKey)).digest("hex"),
    )
    expect(Object.keys(sent).sort()).toEqual(["hash", "pickupHash", "reference"])
    expect(view.situation).toBe("registered")
    expect(view.expiresAt).toBeGreaterThan(Date.now() + 3 * HOUR)
  })

  test("never sends the four confirmation digits", async () => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, trust)
    const { reference, confirmation } = codeShown(await phone.register())
    const sent = backend.received.map(
      ({ path, headers, body }) => path + JSON.stringify(headers) + body.toString(),
    )
    expect(sent.join()).toContain(reference)
    expect(sent.join()).not.toContain(reference + confirmation)
    expect(registration(backend.received[0])).not.toHaveProperty("confirmation")
  })

  test("shows trustwords that decode to the code, and two read-back words", async () => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, trust)
    const view = await phone.register()
    const words = view.code?.trustwords.join(" ") ?? ""
    expect(await decodeTrustwords(nodeCrypto, words, [englishWords])).toEqual({
      is: "code",
      code: codeShown(view),
      language: "en",
    })
    expect(view.code?.readBackWords.every((word) => englishWords.words.includes(word))).toBe(true)
  })

  test("discloses from the day asked for, with that day's key of the schedule", async () => {
    const backend = await scriptedBackend()
    const { phone, state } = await testPhone(backend.origin, trust)
    await phone.register({ firstContagiousDay: TODAY - 5 })
    const { disclosure, seed } = await state()
    if (disclosure?.step !== "registered") throw new TypeError("not registered")
    let key = bytesOfBase64Url(seed.key)
    for (let day = seed.day; day < TODAY - 5; day++) key = createHash("sha256").update(key).digest()
    const opaque = decodeOpaque(bytesOfBase64Url(disclosure.opaque))
    expect(opaque.day).toBe(TODAY - 5)
    expect(hexOf(opaque.dayKey)).toBe(hexOf(key))
  })

  test.each([
    ["tomorrow", TODAY + 1],
    ["longer ago than keys are kept", TODAY - 14],
    ["no whole day", TODAY - 0.5],
    ["not a number", Number.NaN],
  ])("refuses a first contagious day that is %s, and asks nobody", async (_, firstContagiousDay) => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, trust)
    await expectPhoneError(phone.register({ firstContagiousDay }), "day-not-held")
    expect(backend.received).toEqual([])
    expect((await phone.show()).situation).toBe("nothing-registered")
  })

  test("keeps what it drew before anything leaves the phone", async () => {
    const backend = await scriptedBackend()
    const { phone, file } = await testPhone(backend.origin, trust)
    let onDisk = ""
    backend.on("register", (response, request) => {
      onDisk = readFileSync(file, "utf8")
      json(201, { expiresAt: new Date().toISOString() })(response, request)
    })
    await phone.register()
    expect(onDisk).toContain('"registering"')
    expect(onDisk).toContain(registration(backend.received[0]).hash)
  })

  test("sends the same three values again after an answer was lost, also after a restart", async () => {
    const backend = await scriptedBackend()
    const first = await testPhone(backend.origin, trust)
    backend.on("register", breakOff, json(200, { expiresAt: new Date(Date.now() + HOUR).toISOString() }))
    const error = await expectPhoneError(first.phone.register(), "no-network")
    expect(error.retriable).toBe(true)
    expect((await first.phone.show()).situation).toBe("registering")
    const second = await testPhone(backend.origin, trust, { file: first.file })
    expect((await second.phone.register()).situation).toBe("registered")
    expect(backend.received[1]?.body).toEqual(backend.received[0]?.body)
  })

  test("draws salt, code, hash and key anew when the reference is another's", async () => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, trust)
    backend.on(
      "register",
      problem(409, "reference-taken"),
      json(201, { expiresAt: new Date(Date.now() + HOUR).toISOString() }),
    )
    const view = await phone.register({ firstContagiousDay: TODAY - 3 })
    const [first, second] = backend.received.map((request) => registration(request))
    expect(second?.hash).not.toBe(first?.hash)
    expect(second?.pickupHash).not.toBe(first?.pickupHash)
    expect(view.hash).toBe(second?.hash)
    expect(codeShown(view).reference).toBe(second?.reference)
  })

  test("gives up after ten references that are all another's, and can begin again", async () => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, trust)
    backend.on("register", problem(409, "reference-taken"))
    const error = await expectPhoneError(phone.register(), "no-free-reference")
    expect(error.retriable).toBe(true)
    expect(backend.received.length).toBe(10)
  })

  test("solves the puzzle that a busy backend asks, for the same three values", async () => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, trust)
    backend.on(
      "register",
      problem(429, "puzzle-required", { puzzle: { leadingZeroBits: 8 } }),
      json(201, { expiresAt: new Date(Date.now() + HOUR).toISOString() }),
    )
    await phone.register()
    const [first, second] = backend.received.map((request) => registration(request))
    const { puzzleAnswer, ...others } = second ?? {}
    expect(others).toEqual(first)
    expect(
      await checkPuzzle(nodeCrypto, first?.reference ?? "", first?.hash ?? "", puzzleAnswer ?? "", 8),
    ).toBe(true)
  })

  test("does not work for hours on a puzzle that no honest backend asks", async () => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, trust)
    backend.on("register", problem(429, "puzzle-required", { puzzle: { leadingZeroBits: 40 } }))
    await expectPhoneError(phone.register(), "puzzle-too-hard")
    expect(backend.received.length).toBe(1)
  })

  test("says how long to stay away when there were too many requests", async () => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, trust)
    backend.on("register", problem(429, "too-many-requests", {}, { "retry-after": "120" }))
    expect((await expectPhoneError(phone.register(), "too-many-requests")).retryAfterSeconds).toBe(120)
  })

  test.each([
    ["ahead", 11 * MINUTE],
    ["behind", -11 * MINUTE],
  ])(
    "shows no code while the clocks are apart (the backend's %s), and draws anew later",
    async (_, difference) => {
      const backend = await scriptedBackend()
      const { phone } = await testPhone(backend.origin, trust)
      const registered = json(201, { expiresAt: new Date(Date.now() + HOUR).toISOString() })
      backend.on("register", atOtherTime(difference, registered), registered)
      await expectPhoneError(phone.register(), "own-clock-wrong")
      expect((await phone.show()).situation).toBe("nothing-registered")
      expect((await phone.register()).situation).toBe("registered")
      const [first, second] = backend.of("register").map((request) => registration(request))
      expect(second?.hash).not.toBe(first?.hash)
      expect(backend.of("withdraw").length).toBe(1)
    },
  )

  test("takes clocks that are nine minutes apart", async () => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, trust)
    backend.on("register", atOtherTime(9 * MINUTE, json(201, { expiresAt: new Date().toISOString() })))
    expect((await phone.register()).situation).toBe("registered")
  })

  test("is refused while a disclosure is under way, which stays as it is", async () => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, trust)
    const before = await phone.register()
    await expectPhoneError(phone.register(), "disclosure-under-way")
    expect(await phone.show()).toEqual(before)
  })

  test("hands the token of a representative on, and draws anew where another one comes", async () => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, trust)
    backend.on("register", breakOff, breakOff, json(201, { expiresAt: new Date().toISOString() }))
    await expectPhoneError(phone.register({ representationToken: "first" }), "no-network")
    await expectPhoneError(phone.register({ representationToken: "first" }), "no-network")
    await phone.register({ representationToken: "second" })
    const [first, same, other] = backend.received.map((request) => registration(request))
    expect(first?.representationToken).toBe("first")
    expect(same).toEqual(first)
    expect(other?.representationToken).toBe("second")
    expect(other?.hash).not.toBe(first?.hash)
  })

  test("is a usage fault of the phone where the backend calls the request malformed: no retry", async () => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, trust)
    backend.on("register", problem(400, "malformed-request"))
    expect((await expectPhoneError(phone.register(), "request-refused")).retriable).toBe(false)
  })
})
