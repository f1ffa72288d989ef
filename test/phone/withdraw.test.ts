import { describe, expect, test } from "vitest"
import { expectPhoneError, testPhone } from "./support/phones.ts"
import { pki, registeredPhone, verifiedPhone } from "./support/scenes.ts"
import { breakOff, packageAnswer, problem, scriptedBackend } from "./support/scripted-backend.ts"

describe("withdrawing", () => {
  test("tells the backend, proves who it is, and leaves nothing of the disclosure but the seeds", async () => {
    const { phone, backend, state } = await registeredPhone()
    const { seed, disclosure } = await state()
    if (disclosure?.step !== "registered") throw new TypeError("not registered")
    expect((await phone.withdraw()).situation).toBe("withdrawn")
    expect(backend.of("withdraw")[0]?.headers.authorization).toBe(`Bearer ${disclosure.pickupKey}`)
    expect(await state()).toMatchObject({ seed, disclosure: { step: "withdrawn" } })
    expect(JSON.stringify(await state())).not.toContain(disclosure.pickupKey)
  })

  test("is possible after a clinician has authorised it", async () => {
    const { phone, backend } = await verifiedPhone()
    expect((await phone.withdraw()).situation).toBe("withdrawn")
    expect(backend.of("withdraw").length).toBe(1)
    await expectPhoneError(phone.publish(), "already-over")
  })

  test("holds from the first moment, though the backend cannot be told yet", async () => {
    const { phone, backend } = await verifiedPhone()
    backend.on("withdraw", breakOff, problem(503, "unavailable"), problem(404, "not-found"))
    expect(await phone.withdraw()).toMatchObject({ situation: "withdrawn-untold", trouble: "no-network" })
    await expectPhoneError(phone.publish(), "already-over")
    expect(await phone.withdraw()).toMatchObject({
      situation: "withdrawn-untold",
      trouble: "backend-unavailable",
    })
    expect((await phone.wait()).situation).toBe("withdrawn")
    expect(backend.of("withdraw").length).toBe(3)
  })

  test("is told before a new code is made", async () => {
    const { phone, backend } = await registeredPhone()
    backend.on("withdraw", breakOff)
    await phone.withdraw()
    await expectPhoneError(phone.register(), "no-network")
    expect(backend.of("register").length).toBe(1)
    backend.on("withdraw", problem(404, "not-found"))
    expect((await phone.register()).situation).toBe("registered")
  })

  test("is possible while nobody knows whether registering arrived", async () => {
    const backend = await scriptedBackend()
    const { phone } = await testPhone(backend.origin, pki.trust)
    backend.on("register", breakOff)
    await expectPhoneError(phone.register(), "no-network")
    expect((await phone.withdraw()).situation).toBe("withdrawn")
    expect(backend.of("withdraw").length).toBe(1)
  })

  test("is too late after publishing, and says so", async () => {
    const { phone, state } = await verifiedPhone()
    await phone.publish()
    const before = await state()
    await expectPhoneError(phone.withdraw(), "too-late-to-withdraw")
    expect(await state()).toEqual(before)
  })

  test("of nothing, or of what is over, is an error that says so", async () => {
    const backend = await scriptedBackend()
    const fresh = await testPhone(backend.origin, pki.trust)
    await expectPhoneError(fresh.phone.withdraw(), "nothing-registered")
    const { phone, backend: other } = await registeredPhone()
    other.on("pickUp", packageAnswer(Buffer.from("no package")))
    await phone.wait()
    await expectPhoneError(phone.withdraw(), "already-over")
  })
})
