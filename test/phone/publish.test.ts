import { describe, expect, test } from "vitest"
import { PublishRequest } from "../../src-protocol/api.ts"
import { bytesOfBase64Url } from "../../src-protocol/bytes.ts"
import { DAY, dayOf, HOUR } from "../../src-protocol/instant.ts"
import { readFile } from "node:fs/promises"
import { expectPhoneError, testPhone } from "./support/phones.ts"
import { authorisationFor, pki, registeredPhone, verifiedPhone } from "./support/scenes.ts"
import {
  atOtherTime,
  breakOff,
  json,
  packageAnswer,
  problem,
  type Reply,
} from "./support/scripted-backend.ts"

describe("publishing", () => {
  test("sends the data and the package, and nothing that says who it is", async () => {
    const { phone, backend, state } = await verifiedPhone()
    const { disclosure } = await state()
    if (disclosure?.step !== "verified") throw new TypeError("not verified")
    await phone.publish()
    const [sent, ...others] = backend.of("publish")
    const { opaque, authorisation } = disclosure
    expect(others).toEqual([])
    expect(JSON.parse(sent?.body.toString() ?? "")).toEqual({ opaque, authorisation })
    expect(sent?.body.length).toBe(24_576)
    expect(sent?.path).toBe("/v1/publications")
    expect(sent?.headers.authorization).toBeUndefined()
    expect(sent?.headers.cookie).toBeUndefined()
    const before = backend.received.filter(({ route }) => route !== "publish")
    expect(before.map(({ remotePort }) => remotePort)).not.toContain(sent?.remotePort)
    const looks = (text: string): boolean => JSON.stringify(sent?.headers).includes(text)
    expect([disclosure.code.slice(0, 6), disclosure.pickupKey].some(looks)).toBe(false)
  })

  test("destroys data, package, signer and seeds on 202, and rekeys from today", async () => {
    const { phone, state, file } = await verifiedPhone()
    const before = await state()
    if (before.disclosure?.step !== "verified") throw new TypeError("not verified")
    const view = await phone.publish()
    const after = await state()
    const onDisk = await readFile(file, "utf8")
    expect(view).toMatchObject({ situation: "done", mayWithdraw: false })
    expect(Object.keys(after.disclosure ?? {}).sort()).toEqual(["publishedAt", "step"])
    expect(after.seed.day).toBe(dayOf(Date.now()))
    const { opaque, authorisation, hash, code, pickupKey, signer } = before.disclosure
    for (const gone of [before.seed.key, opaque, authorisation, hash, code, pickupKey, signer.name]) {
      expect(onDisk).not.toContain(gone)
    }
    expect(bytesOfBase64Url(after.seed.key).length).toBe(32)
  })

  test("does the same where the backend says that it was published already", async () => {
    const { phone, backend, state } = await verifiedPhone()
    const { seed } = await state()
    backend.on("publish", breakOff, problem(422, "refused", { reason: "already-published" }))
    expect(await phone.publish()).toMatchObject({ situation: "publishing", trouble: "no-network" })
    expect((await state()).seed).toEqual(seed)
    expect((await phone.publish()).situation).toBe("done")
    expect((await state()).seed.key).not.toBe(seed.key)
    expect(backend.of("publish")[1]?.body).toEqual(backend.of("publish")[0]?.body)
  })

  test("keeps the step durably before anything leaves", async () => {
    const { phone, backend, state } = await verifiedPhone()
    let onDisk: Awaited<ReturnType<typeof state>>["disclosure"]
    backend.on("publish", (response, request) => {
      void state().then(({ disclosure }) => {
        onDisk = disclosure
        json(202, { queued: true })(response, request)
      })
    })
    await phone.publish()
    expect(onDisk?.step).toBe("publishing")
    expect(Object.keys(onDisk ?? {}).sort()).toEqual(["authorisation", "opaque", "signer", "since", "step"])
  })

  test("is over once: a second time says that it is done and sends nothing", async () => {
    const { phone, backend } = await verifiedPhone()
    await phone.publish()
    expect((await phone.publish()).situation).toBe("done")
    expect(backend.of("publish").length).toBe(1)
  })

  test("tells the receipt first where the backend has not heard it", async () => {
    const scene = await registeredPhone()
    const { phone, backend, state } = scene
    backend.on("pickUp", packageAnswer(await authorisationFor(scene, "arts")))
    backend.on("receipt", breakOff, breakOff, json(200, { state: "confirmed" }))
    await phone.wait()
    expect(await phone.publish()).toMatchObject({ situation: "verified", trouble: "no-network" })
    expect(backend.of("publish")).toEqual([])
    expect((await phone.publish()).situation).toBe("done")
    expect((await state()).disclosure?.step).toBe("done")
  })

  test.each<[string, Reply, string]>([
    ["a backend that is away", problem(503, "unavailable"), "backend-unavailable"],
    ["too many requests", problem(429, "too-many-requests"), "too-many-requests"],
    [
      "a backend without fresh lists",
      problem(503, "revocation-unknown", { reason: "revocation-unknown" }),
      "revocation-unknown",
    ],
    ["an answer that is none", json(202, { queued: false }), "wrong-answer"],
    ["a success that is none", json(200, { queued: true }), "wrong-answer"],
    ["a refusal without its reason", problem(422, "refused"), "wrong-answer"],
    ["a broken connection", breakOff, "no-network"],
  ])("keeps everything at %s, and goes on later", async (_, reply, trouble) => {
    const { phone, backend, state } = await verifiedPhone()
    const before = await state()
    backend.on("publish", reply, json(202, { queued: true }))
    expect(await phone.publish()).toMatchObject({ situation: "publishing", trouble, mayWithdraw: false })
    expect((await state()).seed).toEqual(before.seed)
    expect((await phone.publish()).situation).toBe("done")
  })

  test.each(["not-accepted", "implausible-day", "hash-mismatch", "malformed-opaque"] as const)(
    "keeps everything when it is refused for %s, and tells so",
    async (reason) => {
      const { phone, backend, state } = await verifiedPhone()
      const before = await state()
      backend.on("publish", problem(422, "refused", { reason }))
      const view = await phone.publish()
      expect(view).toMatchObject({ situation: "publication-refused", reason, mayWithdraw: true })
      expect(view.sentences.length).toBe(2)
      const after = await state()
      expect(after.seed).toEqual(before.seed)
      expect(after.disclosure).toMatchObject({ step: "publishing", refusedFor: reason })
      expect((await phone.withdraw()).situation).toBe("withdrawn")
      expect((await state()).seed).toEqual(before.seed)
    },
  )

  test("can be tried again after a refusal", async () => {
    const { phone, backend } = await verifiedPhone()
    backend.on("publish", problem(422, "refused", { reason: "not-accepted" }), json(202, { queued: true }))
    await phone.publish()
    expect((await phone.publish()).situation).toBe("done")
  })

  test("is refused before a clinician has authorised it", async () => {
    const { phone, backend } = await registeredPhone()
    await expectPhoneError(phone.publish(), "not-authorised-yet")
    expect(backend.of("publish")).toEqual([])
  })

  test("is refused where nothing was registered, or it is over", async () => {
    const { phone, backend } = await registeredPhone()
    const fresh = await testPhone(backend.origin, pki.trust)
    await expectPhoneError(fresh.phone.publish(), "nothing-registered")
    await phone.withdraw()
    await expectPhoneError(phone.publish(), "already-over")
    expect(backend.of("publish")).toEqual([])
  })
})

describe("the random wait before publishing", () => {
  test("lies between nothing and one cycle of the backend, and is drawn once", async () => {
    const slept: number[] = []
    const planned: number[] = []
    for (let i = 0; i < 8; i++) {
      const scene = await verifiedPhone({
        settings: { publicationWaitSeconds: undefined },
        sleep: (milliseconds) => (slept.push(milliseconds), Promise.resolve()),
      })
      scene.backend.on("batches", json(200, { cycleSeconds: 600 }))
      await scene.phone.publish({ onPlanned: (publishAt) => planned.push(publishAt) })
    }
    expect(Math.max(...slept)).toBeLessThanOrEqual(600_000)
    expect(Math.min(...slept)).toBeGreaterThan(0)
    expect(new Set(slept).size).toBeGreaterThan(5)
    expect(planned.length).toBe(slept.length)
  })

  test("is the same after a restart: the time was kept", async () => {
    const stopped = (): Promise<void> => Promise.reject(new Error("the phone was switched off"))
    const scene = await verifiedPhone({ settings: { publicationWaitSeconds: 3_600 }, sleep: stopped })
    await expect(scene.phone.publish()).rejects.toThrow("switched off")
    const { publishAt, situation } = await scene.phone.show()
    expect(situation).toBe("verified-and-planned")
    let planned: number | undefined
    const again = await testPhone(scene.backend.origin, pki.trust, {
      file: scene.file,
      sleep: () => Promise.resolve(),
    })
    await again.phone.publish({ onPlanned: (time) => (planned = time) })
    expect(planned).toBe(publishAt)
  })

  test("is at most a day, whatever the backend calls a cycle", async () => {
    let slept = 0
    const scene = await verifiedPhone({
      settings: { publicationWaitSeconds: undefined },
      sleep: (milliseconds) => ((slept = milliseconds), Promise.resolve()),
    })
    scene.backend.on("batches", json(200, { cycleSeconds: 1_000_000_000 }))
    await scene.phone.publish()
    expect(slept).toBeLessThanOrEqual(DAY)
  })

  test("ends in nothing where the patient withdraws meanwhile", async () => {
    const scene = await verifiedPhone({
      settings: { publicationWaitSeconds: 3_600 },
      sleep: async () => {
        await scene.phone.withdraw()
      },
    })
    expect(await scene.phone.publish()).toMatchObject({ situation: "withdrawn", trouble: "state-changed" })
    expect(scene.backend.of("publish")).toEqual([])
  })
})

describe("a publication that was never answered", () => {
  test("ends with new keys, since the old ones may be public", async () => {
    const { phone, backend, state, file } = await verifiedPhone()
    const { seed } = await state()
    backend.on("publish", breakOff)
    await phone.publish()
    const later = 72 * HOUR + 7 * DAY + HOUR
    backend.on("crl", atOtherTime(later, problem(404, "not-found")))
    const again = await testPhone(backend.origin, pki.trust, { file, clock: () => Date.now() + later })
    expect((await again.phone.refreshCrls()).situation).toBe("expired")
    expect((await state()).seed.key).not.toBe(seed.key)
  })

  test("cannot be withdrawn, since it may have arrived", async () => {
    const { phone, backend } = await verifiedPhone()
    backend.on("publish", breakOff)
    await phone.publish()
    await expectPhoneError(phone.withdraw(), "too-late-to-withdraw")
    expect(
      PublishRequest.safeParse(JSON.parse(backend.of("publish")[0]?.body.toString() ?? "")).success,
    ).toBe(true)
  })
})
