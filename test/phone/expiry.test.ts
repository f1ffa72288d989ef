import { describe, expect, test } from "vitest"
import { HOUR } from "../../src-protocol/instant.ts"
import { testPhone } from "./support/phones.ts"
import { pki, registeredPhone } from "./support/scenes.ts"
import { atOtherTime, problem } from "./support/scripted-backend.ts"

describe("the end of a code's time", () => {
  test("is there when the backend no longer knows it after that time", async () => {
    const scene = await registeredPhone({ clock: Date.now })
    scene.backend.on("pickUp", problem(404, "not-found"))
    expect(await scene.phone.wait()).toMatchObject({ situation: "registered", trouble: "not-found" })
    const later = await testPhone(scene.backend.origin, pki.trust, {
      file: scene.file,
      clock: () => Date.now() + 5 * HOUR,
    })
    scene.backend.on("pickUp", atOtherTime(5 * HOUR, problem(404, "not-found")))
    const seed = (await scene.state()).seed
    expect((await later.phone.wait()).situation).toBe("expired")
    expect(await scene.state()).toMatchObject({ seed, disclosure: { step: "expired" } })
  })

  test("is not believed by a clock that is wrong", async () => {
    const scene = await registeredPhone()
    const later = await testPhone(scene.backend.origin, pki.trust, {
      file: scene.file,
      clock: () => Date.now() + 5 * HOUR,
    })
    scene.backend.on("pickUp", problem(404, "not-found"))
    expect(await later.phone.wait()).toMatchObject({ situation: "registered", trouble: "own-clock-wrong" })
  })

  test("comes by the daily timer too, once no backend can know of it", async () => {
    const scene = await registeredPhone()
    const clock = (): number => Date.now() + 97 * HOUR
    const later = await testPhone(scene.backend.origin, pki.trust, { file: scene.file, clock })
    await later.phone.refreshCrls()
    expect((await later.phone.show()).situation).toBe("registered")
    scene.backend.on("crl", atOtherTime(97 * HOUR, problem(404, "not-found")))
    expect((await later.phone.refreshCrls()).situation).toBe("expired")
  })

  test("makes room for a new code", async () => {
    const scene = await registeredPhone()
    const first = await scene.phone.show()
    const later = await testPhone(scene.backend.origin, pki.trust, {
      file: scene.file,
      clock: () => Date.now() + 5 * HOUR,
    })
    scene.backend.on("pickUp", atOtherTime(5 * HOUR, problem(404, "not-found")))
    await later.phone.wait()
    expect((await scene.phone.register()).hash).not.toBe(first.hash)
  })
})
