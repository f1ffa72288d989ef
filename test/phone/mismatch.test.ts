import { describe, expect, test } from "vitest"
import { codeOfNumber } from "../../src-protocol/code.ts"
import { codeShown, type SigningChanges } from "./support/phones.ts"
import { authorisationFor, receipts, registeredPhone } from "./support/scenes.ts"
import { breakOff, json, noPackage, packageAnswer } from "./support/scripted-backend.ts"

describe("a package about something else", () => {
  const otherHash = "0".repeat(64)
  const mismatches: [string, string, (code: ReturnType<typeof codeShown>) => SigningChanges][] = [
    ["another hash", "hash-mismatch", () => ({ hash: otherHash })],
    [
      "other six digits",
      "reference-mismatch",
      ({ reference, confirmation }) => ({
        code: codeOfNumber(((Number(reference) + 1) % 1_000_000) * 10_000 + Number(confirmation)),
      }),
    ],
    [
      "other last four digits",
      "confirmation-mismatch",
      ({ reference, confirmation }) => ({
        code: codeOfNumber(Number(reference) * 10_000 + ((Number(confirmation) + 1) % 10_000)),
      }),
    ],
  ]

  test.each(mismatches)(
    "(%s) is discarded and told, and the phone waits on",
    async (_, reason, changesOf) => {
      const scene = await registeredPhone()
      const before = await scene.phone.show()
      const wrong = await authorisationFor(scene, "arts", changesOf(codeShown(before)))
      scene.backend.on("pickUp", packageAnswer(wrong), packageAnswer(await authorisationFor(scene, "arts")))
      scene.backend.on("receipt", json(200, { state: "registered" }))
      const view = await scene.phone.wait()
      expect(view).toMatchObject({ situation: "registered-after-mismatch", code: before.code })
      expect(receipts(scene)).toEqual([{ accepted: false, reason }])
      expect(JSON.stringify(await scene.state())).not.toContain("authorisation")
      expect((await scene.phone.wait()).situation).toBe("verified")
    },
  )

  test("sends the disclosure back three times, and the fourth time it is refused", async () => {
    const scene = await registeredPhone()
    scene.backend.on("receipt", json(200, { state: "registered" }))
    const seen: string[] = []
    for (const signedAt of [0, 1, 2, 3].map((seconds) => Date.now() - seconds * 1_000)) {
      scene.backend.on(
        "pickUp",
        packageAnswer(await authorisationFor(scene, "arts", { hash: otherHash, signedAt })),
      )
      seen.push((await scene.phone.wait()).situation)
    }
    expect(seen).toEqual([
      "registered-after-mismatch",
      "registered-after-mismatch",
      "registered-after-mismatch",
      "refused",
    ])
    expect((await scene.phone.show()).reason).toBe("hash-mismatch")
  })

  test("ends at once where the backend says that it is refused", async () => {
    const scene = await registeredPhone()
    scene.backend.on("pickUp", packageAnswer(await authorisationFor(scene, "arts", { hash: otherHash })))
    scene.backend.on("receipt", json(200, { state: "refused" }))
    expect(await scene.phone.wait()).toMatchObject({ situation: "refused", reason: "hash-mismatch" })
  })

  test("counts once where the answer to its receipt was lost", async () => {
    const scene = await registeredPhone()
    scene.backend.on("pickUp", packageAnswer(await authorisationFor(scene, "arts", { hash: otherHash })))
    scene.backend.on("receipt", breakOff, breakOff, json(200, { state: "registered" }))
    await scene.phone.wait()
    await scene.phone.wait()
    await scene.phone.wait()
    const { disclosure } = await scene.state()
    expect(disclosure).toMatchObject({ step: "registered", mismatches: 1, mismatch: { receipt: "sent" } })
    expect(receipts(scene).length).toBe(3)
  })

  test("is not refused a second time when the backend has already thrown it away", async () => {
    const scene = await registeredPhone()
    scene.backend.on(
      "pickUp",
      packageAnswer(await authorisationFor(scene, "arts", { hash: otherHash })),
      noPackage,
    )
    scene.backend.on("receipt", breakOff)
    await scene.phone.wait()
    await scene.phone.wait()
    expect(receipts(scene).length).toBe(1)
    expect((await scene.state()).disclosure).toMatchObject({ mismatch: { receipt: "sent" } })
  })
})
