import { describe, expect, test } from "vitest"
import { MINUTE } from "../../src-protocol/instant.ts"
import { readCrls } from "../../src-testkit/pki/test-pki.ts"
import { refreshCrls } from "../../src-testkit/pki/refresh-crls.ts"
import { testPhone } from "./support/phones.ts"
import { authorisationFor, crls, pki } from "./support/scenes.ts"
import { breakOff, crlBytes, crlsBy, packageAnswer, scriptedBackend } from "./support/scripted-backend.ts"

describe("lists of revocations", () => {
  test("are fetched on the timer for the built-in authorities, without saying who asks", async () => {
    const backend = await scriptedBackend(crls)
    const { phone, state } = await testPhone(backend.origin, pki.trust)
    await phone.refreshCrls()
    expect(backend.of("crl").length).toBeGreaterThan(1)
    expect(backend.of("crl").every(({ headers }) => headers.authorization === undefined)).toBe(true)
    const { authorities } = await state()
    expect(Object.values(authorities).filter(({ crl }) => crl !== undefined).length).toBe(crls.length)
  })

  test("of a phone that knows a root alone are those of the authorities in the package", async () => {
    const backend = await scriptedBackend(crls)
    const trust = { ...pki.trust, intermediates: [] }
    const made = await testPhone(backend.origin, trust)
    await made.phone.register()
    const scene = { backend, ...made }
    backend.on("pickUp", packageAnswer(await authorisationFor(scene, "arts")))
    expect((await made.phone.wait()).situation).toBe("verified")
  })

  test("that another key signed, that are damaged, or of another authority are not kept", async () => {
    const backend = await scriptedBackend(crls)
    const { phone, state } = await testPhone(backend.origin, pki.trust)
    const damaged = Uint8Array.from(crls[0] ?? [])
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1
    for (const list of [damaged, crls[0] ?? damaged, Uint8Array.of(1, 2, 3)]) {
      backend.on("crl", crlBytes(list))
      await phone.refreshCrls().catch(() => undefined)
    }
    const kept = Object.values((await state()).authorities).filter(({ crl }) => crl !== undefined)
    expect(kept.length).toBe(1)
  })

  test("with a lower number than one seen before are not taken, so a revocation cannot be forgotten", async () => {
    const old = await readCrls(pki)
    await refreshCrls(pki, Date.now() - MINUTE)
    const backend = await scriptedBackend(await readCrls(pki))
    const { phone, state } = await testPhone(backend.origin, pki.trust)
    await phone.refreshCrls()
    const before = await state()
    backend.on("crl", crlsBy(old))
    await expect(phone.refreshCrls()).rejects.toMatchObject({ code: "wrong-answer" })
    expect((await state()).authorities).toEqual(before.authorities)
  })

  test("stay as they are when the network is gone", async () => {
    const backend = await scriptedBackend(crls)
    const { phone, state } = await testPhone(backend.origin, pki.trust)
    await phone.refreshCrls()
    const before = await state()
    backend.on("crl", breakOff)
    await expect(phone.refreshCrls()).rejects.toMatchObject({ code: "no-network", retriable: true })
    expect(await state()).toEqual(before)
  })
})
