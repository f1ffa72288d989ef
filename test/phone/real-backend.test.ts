import { join } from "node:path"
import { describe, expect, onTestFinished, test } from "vitest"
import { aggregate } from "../../src-backend/aggregation/aggregate.ts"
import { base64UrlOf, bytesOfBase64Url } from "../../src-protocol/bytes.ts"
import { dayOf, DAY } from "../../src-protocol/instant.ts"
import { decodeOpaque } from "../../src-protocol/opaque.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { webCrypto } from "../../src-crypto/web-crypto.ts"
import { find, put, signIn } from "../backend/support/actors.ts"
import { ask, openWorld, type World, type WorldOptions } from "../backend/support/world.ts"
import {
  codeShown,
  expectPhoneError,
  readState,
  signFor,
  temporaryDirectory,
  testPhone,
  type SigningChanges,
  type TestPhone,
} from "./support/phones.ts"
import { fileStorage } from "../../src-phone/state/file-storage.ts"
import type { PhoneStorage } from "../../src-phone/state/phone-storage.ts"
import { card, pki } from "./support/scenes.ts"

interface Meeting extends TestPhone {
  readonly world: World
  readonly origin: string
  /** The clinician looks the disclosure up, signs, and hands the package in; answers the status. */
  readonly authorise: (changes?: SigningChanges) => Promise<number>
  /** The state that the clinician sees. */
  readonly stateAtDesk: () => Promise<unknown>
}

/** A phone at a real backend on a port of 127.0.0.1, and a clinician who is signed in there. */
async function meeting(
  options: WorldOptions = {},
  parts: Parameters<typeof testPhone>[2] = {},
): Promise<Meeting> {
  const world = await openWorld(pki, options)
  onTestFinished(() => world.close())
  const origin = await world.app.listen({ host: "127.0.0.1", port: 0 })
  const batchPublicKey = world.backend.batchKey.publicKeySpki
  const made = await testPhone(origin, pki.trust, { batchPublicKey, ...parts })
  const doctor = await card("arts-p256")
  const session = await signIn(world, doctor)
  return {
    world,
    origin,
    ...made,
    async authorise(changes) {
      const view = await made.phone.show()
      return (
        await put(world, session, codeShown(view).reference, await signFor(view, doctor.signature, changes))
      ).status
    },
    async stateAtDesk() {
      const { disclosure } = await made.state()
      const reference = disclosure !== undefined && "code" in disclosure ? disclosure.code.slice(0, 6) : ""
      return (await find(world, session, reference)).body["state"]
    },
  }
}

describe("at a real backend", () => {
  test.each([
    ["node:crypto", nodeCrypto],
    ["Web Crypto", webCrypto],
  ])("a phone on %s goes from its code to the published batch", async (_, crypto) => {
    const { phone, state, world, authorise, stateAtDesk } = await meeting({}, { crypto })
    await phone.register({ firstContagiousDay: dayOf(Date.now()) - 4 })
    const { disclosure, seed } = await state()
    if (disclosure?.step !== "registered") throw new TypeError("not registered")
    const { day, dayKey } = decodeOpaque(bytesOfBase64Url(disclosure.opaque))
    expect(await phone.wait()).toMatchObject({ situation: "registered" })
    expect(await authorise()).toBe(201)
    expect(await phone.wait()).toMatchObject({ situation: "verified" })
    expect(await stateAtDesk()).toBe("confirmed")
    expect(await phone.publish()).toMatchObject({ situation: "done" })
    expect((await state()).seed.key).not.toBe(seed.key)
    expect(await aggregate(world.backend)).toBe(0)
    const batch = await phone.readPublishedBatch()
    expect(batch.cycle).toBe(0)
    expect(batch.entries.map((entry) => `${String(entry.day)} ${base64UrlOf(entry.dayKey)}`)).toContain(
      `${String(day)} ${base64UrlOf(dayKey)}`,
    )
  })

  test("a long poll is answered as soon as the package is there", async () => {
    const { phone, authorise } = await meeting({}, { settings: { longPollSeconds: 30 } })
    await phone.register()
    const waiting = phone.wait(30)
    expect(await authorise()).toBe(201)
    expect((await waiting).situation).toBe("verified")
  })

  test("registering again after a lost answer is the same registration", async () => {
    const directory = await temporaryDirectory()
    const file = join(directory, "phone.json")
    const inner = fileStorage(file)
    let writes = 0
    // What was drawn is kept, and the power goes when the answer is here but not kept yet.
    const storage: PhoneStorage = {
      read: () => inner.read(),
      write: (bytes, expected) =>
        ++writes === 2 ? Promise.reject(new Error("the power went")) : inner.write(bytes, expected),
    }
    const { phone, origin, world } = await meeting({}, { storage })
    await expect(phone.register()).rejects.toThrow("the power went")
    const { disclosure } = await readState(file)
    if (disclosure?.step !== "registering") throw new TypeError("not registering")
    const again = await testPhone(origin, pki.trust, { file })
    expect(await again.phone.register()).toMatchObject({ situation: "registered", hash: disclosure.hash })
    expect(JSON.stringify(world.log)).not.toContain(disclosure.hash)
  })

  test("withdrawing after the receipt keeps the package from ever being published", async () => {
    const { phone, state, world, authorise } = await meeting()
    await phone.register()
    await authorise()
    await phone.wait()
    const { disclosure } = await state()
    if (disclosure?.step !== "verified") throw new TypeError("not verified")
    expect((await phone.withdraw()).situation).toBe("withdrawn")
    const { opaque, authorisation } = disclosure
    const answer = await ask(world, {
      method: "POST",
      path: "/v1/publications",
      json: { opaque, authorisation },
    })
    expect(answer).toMatchObject({ status: 422, body: { reason: "not-accepted" } })
  })

  test("a code that has expired there expires here, and a new one can be made", async () => {
    let now = Date.now()
    const { phone, world } = await meeting({}, { clock: () => now })
    await phone.register()
    world.advance(2 * DAY)
    expect(await phone.wait()).toMatchObject({ situation: "registered", trouble: "own-clock-wrong" })
    now = world.now()
    expect((await phone.wait()).situation).toBe("expired")
    expect((await phone.register()).situation).toBe("registered")
  })

  test("a phone whose publication arrived without an answer hears that it did", async () => {
    const { phone, state, world, authorise } = await meeting()
    await phone.register()
    await authorise()
    await phone.wait()
    const { disclosure, seed } = await state()
    if (disclosure?.step !== "verified") throw new TypeError("not verified")
    const { opaque, authorisation } = disclosure
    const first = await ask(world, {
      method: "POST",
      path: "/v1/publications",
      json: { opaque, authorisation },
    })
    expect(first.status).toBe(202)
    expect((await phone.publish()).situation).toBe("done")
    expect((await state()).seed.key).not.toBe(seed.key)
  })

  test("nothing can be published before a clinician has signed", async () => {
    const { phone } = await meeting()
    await phone.register()
    await expectPhoneError(phone.publish(), "not-authorised-yet")
  })

  test("a package that cannot be this phone's is refused by the backend before the phone sees it", async () => {
    const { phone, authorise } = await meeting()
    await phone.register()
    expect(await authorise({ hash: "0".repeat(64) })).toBe(422)
    expect(await phone.wait()).toMatchObject({ situation: "registered" })
    expect(await authorise()).toBe(201)
    expect(await phone.wait()).toMatchObject({ situation: "verified" })
  })
})
