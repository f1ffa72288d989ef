import { describe, expect, test } from "vitest"
import { bytesOfBase64Url } from "../../src-protocol/bytes.ts"
import { HOUR, MINUTE } from "../../src-protocol/instant.ts"
import { readCrls } from "../../src-testkit/pki/test-pki.ts"
import { refreshCrls } from "../../src-testkit/pki/refresh-crls.ts"
import type { CardProfileId } from "../../src-testkit/profiles.ts"
import { testPhone } from "./support/phones.ts"
import { authorisationFor, card, crls, pki, receipts, registeredPhone } from "./support/scenes.ts"
import {
  atOtherTime,
  breakOff,
  crlsBy,
  json,
  noPackage,
  packageAnswer,
  problem,
  scriptedBackend,
} from "./support/scripted-backend.ts"

describe("a package that a clinician signed for this phone", () => {
  test.each<CardProfileId>(["arts", "verpleegkundige", "arts-p256", "arts-pss"])(
    "by the card of profile %s is taken, its signer shown, and a receipt sent",
    async (profile) => {
      const scene = await registeredPhone()
      scene.backend.on("pickUp", packageAnswer(await authorisationFor(scene, profile)))
      const view = await scene.phone.wait()
      expect(view).toMatchObject({ situation: "verified", mayWithdraw: true })
      expect(view.signer?.name).toContain("Noor de Wit")
      expect(view.signer?.profession).not.toBe("")
      expect(view.sentences.join(" ")).toContain("Noor de Wit")
      expect(view.trouble).toBeUndefined()
      expect(receipts(scene)).toEqual([{ accepted: true }])
      expect(scene.backend.of("receipt")[0]?.body.length).toBe(1_024)
    },
  )

  test("is durable before the receipt leaves, and kept byte for byte", async () => {
    const scene = await registeredPhone()
    const authorisation = await authorisationFor(scene, "arts")
    let step: string | undefined
    scene.backend.on("pickUp", packageAnswer(authorisation))
    scene.backend.on("receipt", (response, request) => {
      void scene.state().then(({ disclosure }) => {
        step = disclosure?.step
        json(200, { state: "confirmed" })(response, request)
      })
    })
    await scene.phone.wait()
    const { disclosure } = await scene.state()
    expect(step).toBe("verified")
    expect(disclosure?.step === "verified" && bytesOfBase64Url(disclosure.authorisation)).toEqual(
      authorisation,
    )
  })

  test("is waited for: the phone asks again until it is there", async () => {
    const scene = await registeredPhone()
    scene.backend.on(
      "pickUp",
      noPackage,
      breakOff,
      noPackage,
      packageAnswer(await authorisationFor(scene, "arts")),
    )
    expect((await scene.phone.wait(30)).situation).toBe("verified")
    expect(scene.backend.of("pickUp").length).toBe(4)
  })

  test("keeps its receipt until the backend has heard it", async () => {
    const scene = await registeredPhone()
    scene.backend.on("pickUp", packageAnswer(await authorisationFor(scene, "arts")))
    scene.backend.on("receipt", breakOff, problem(503, "unavailable"), json(200, { state: "confirmed" }))
    expect(await scene.phone.wait()).toMatchObject({ situation: "verified", trouble: "no-network" })
    expect(await scene.phone.wait()).toMatchObject({ situation: "verified", trouble: "backend-unavailable" })
    expect((await scene.phone.wait()).trouble).toBeUndefined()
    expect(receipts(scene).length).toBe(3)
    await scene.phone.wait()
    expect(receipts(scene).length).toBe(3)
    expect(scene.backend.of("pickUp").length).toBe(1)
  })

  test("is asked for by a long poll of as many seconds as are left, at most as many as are set", async () => {
    const scene = await registeredPhone({ settings: { longPollSeconds: 50 } })
    scene.backend.on("pickUp", packageAnswer(await authorisationFor(scene, "arts")))
    await scene.phone.wait(7)
    expect(scene.backend.of("pickUp")[0]?.path).toMatch(/\?wait=7$/)
  })
})

describe("a package that is wrong for good", () => {
  test.each<[string, CardProfileId, string]>([
    ["by a pharmacist's assistant", "apothekersassistent", "profession-not-article-3"],
    ["by the pass of an employee", "medewerker", "wrong-issuing-ca"],
    ["by a card that has expired", "verlopen", "certificate-expired"],
    ["by a card that was revoked", "ingetrokken", "certificate-revoked"],
    ["by a key that is for something else", "verkeerd-sleutelgebruik", "wrong-key-usage"],
    ["by a look-alike authority's card", "nagemaakt", "untrusted-chain"],
  ])("%s is refused with its reason; nothing is published and the seeds stay", async (_, profile, reason) => {
    const scene = await registeredPhone()
    await card(profile)
    // Making the card may have revoked it: the lists are those of now.
    await refreshCrls(pki, Date.now() - MINUTE)
    scene.backend.on("crl", crlsBy(await readCrls(pki)))
    const { seed } = await scene.state()
    scene.backend.on("pickUp", packageAnswer(await authorisationFor(scene, profile)))
    const view = await scene.phone.wait()
    expect(view).toMatchObject({ situation: "refused", reason, mayWithdraw: false })
    expect(view.sentences.length).toBe(2)
    expect(receipts(scene)).toEqual([{ accepted: false, reason }])
    const after = await scene.state()
    expect(after.seed).toEqual(seed)
    expect(after.disclosure).toEqual({ step: "refused", reason })
  })

  test("because a byte was changed is refused as a bad signature", async () => {
    const scene = await registeredPhone()
    const authorisation = Uint8Array.from(await authorisationFor(scene, "arts"))
    const text = Buffer.from(authorisation).toString()
    const body = text.indexOf("\r\n\r\n") + 4
    const der = Buffer.from(text.slice(body), "base64")
    der[der.length - 1] = (der.at(-1) ?? 0) ^ 1
    const lines = der.toString("base64").match(/.{1,64}/g) ?? []
    const changed = Buffer.from(text.slice(0, body) + lines.map((line) => `${line}\r\n`).join(""))
    scene.backend.on("pickUp", packageAnswer(changed))
    expect(await scene.phone.wait()).toMatchObject({ situation: "refused", reason: "bad-signature" })
  })

  test("because it is no package at all is refused as malformed", async () => {
    const scene = await registeredPhone()
    scene.backend.on("pickUp", packageAnswer(Buffer.from("something else")))
    expect(await scene.phone.wait()).toMatchObject({ situation: "refused", reason: "malformed-smime" })
  })

  test("has its refusal told later, when the backend did not answer", async () => {
    const scene = await registeredPhone()
    scene.backend.on("pickUp", packageAnswer(Buffer.from("something else")))
    scene.backend.on("receipt", breakOff, problem(404, "not-found"))
    expect(await scene.phone.wait()).toMatchObject({ situation: "refused", trouble: "no-network" })
    expect((await scene.phone.wait()).trouble).toBeUndefined()
    expect(receipts(scene)).toEqual([
      { accepted: false, reason: "malformed-smime" },
      { accepted: false, reason: "malformed-smime" },
    ])
  })
})

describe("what passes is no refusal", () => {
  test("no list of revocations: no receipt, the package stays, and the next attempt takes it", async () => {
    const scene = await registeredPhone()
    scene.backend.on("pickUp", packageAnswer(await authorisationFor(scene, "arts")))
    scene.backend.on("crl", problem(404, "not-found"))
    const view = await scene.phone.wait()
    expect(view).toMatchObject({ situation: "received", trouble: "revocation-unknown" })
    expect(view.sentences.length).toBeGreaterThan(1)
    expect(receipts(scene)).toEqual([])
    scene.backend.on("crl", crlsBy(crls))
    expect((await scene.phone.wait()).situation).toBe("verified")
  })

  test("a list that is too old: the phone fetches a newer one by itself", async () => {
    const scene = await registeredPhone({ settings: { maximumCrlAgeMilliseconds: 1 } })
    scene.backend.on("pickUp", packageAnswer(await authorisationFor(scene, "arts")))
    expect(await scene.phone.wait()).toMatchObject({ situation: "received", trouble: "revocation-unknown" })
    const patient = await testPhone(scene.backend.origin, pki.trust, { file: scene.file })
    expect((await patient.phone.wait()).situation).toBe("verified")
  })

  test("a package that was kept is judged though the network is gone", async () => {
    const scene = await registeredPhone()
    await scene.phone.refreshCrls()
    scene.backend.on(
      "pickUp",
      atOtherTime(HOUR, packageAnswer(await authorisationFor(scene, "arts"))),
      breakOff,
    )
    expect(await scene.phone.wait()).toMatchObject({ situation: "received", trouble: "own-clock-wrong" })
    expect((await scene.phone.wait()).situation).toBe("verified")
  })

  test("a clock that is wrong: nothing is judged by it", async () => {
    const scene = await registeredPhone()
    const good = packageAnswer(await authorisationFor(scene, "arts"))
    scene.backend.on("pickUp", atOtherTime(-11 * MINUTE, good), good)
    expect(await scene.phone.wait()).toMatchObject({ situation: "received", trouble: "own-clock-wrong" })
    expect(scene.backend.of("crl")).toEqual([])
    expect(receipts(scene)).toEqual([])
    expect((await scene.phone.wait()).situation).toBe("verified")
  })

  test.each<[string, CardProfileId, string, number]>([
    ["a card that is not valid yet", "toekomstig", "certificate-not-yet-valid", 0],
    ["a time of signing before the code was made", "arts", "signing-time-implausible", -11 * MINUTE],
    ["a time of signing in the future", "arts", "signing-time-implausible", 11 * MINUTE],
  ])("%s is kept for later", async (_, profile, trouble, difference) => {
    const scene = await registeredPhone()
    const changes = { signedAt: Date.now() + difference }
    scene.backend.on("pickUp", packageAnswer(await authorisationFor(scene, profile, changes)))
    expect(await scene.phone.wait()).toMatchObject({ situation: "received", trouble })
    expect(receipts(scene)).toEqual([])
  })

  test("no network while waiting is told, and the code stays valid", async () => {
    const scene = await registeredPhone()
    scene.backend.on("pickUp", breakOff)
    const view = await scene.phone.wait()
    expect(view).toMatchObject({ situation: "registered", trouble: "no-network" })
    expect(view.code).toBeDefined()
  })
})

test("waiting for nothing is an error that says so", async () => {
  const backend = await scriptedBackend()
  const { phone } = await testPhone(backend.origin, pki.trust)
  await expect(phone.wait()).rejects.toMatchObject({ code: "nothing-registered", retriable: false })
})
