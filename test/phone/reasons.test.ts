import { describe, expect, test } from "vitest"
import { JUDGING_REASONS, PASSING_REASONS } from "../../src-protocol/reasons.ts"
import { reasonWords } from "../../src-protocol/reason-words.ts"
import type { BadPackage } from "../support/bad-package.ts"
import { onePackageAReason } from "../support/bad-packages.ts"
import { judgingWorld } from "../support/judging-world.ts"
import { codeShown, testPhone } from "./support/phones.ts"
import { pki, receipts, registeredPhone, type Scene } from "./support/scenes.ts"
import { crlsBy, packageAnswer } from "./support/scripted-backend.ts"

/** A phone that registered and is offered this package, made of its own hash and code, with the facts that it needs. */
async function offered(bad: BadPackage): Promise<Scene> {
  const scene = await registeredPhone()
  const view = await scene.phone.show()
  const world = judgingWorld(pki, Date.now(), { hash: view.hash ?? "", code: codeShown(view) })
  const authorisation = await bad.make(world)
  // After the package is made: a revoked card is on the lists only then.
  const usual = await world.facts()
  const { trust, revocation } = bad.facts?.(usual) ?? usual
  scene.backend.on("pickUp", packageAnswer(authorisation))
  scene.backend.on("crl", crlsBy(revocation.crls))
  const { phone } = await testPhone(scene.backend.origin, trust, { file: scene.file })
  return { ...scene, phone }
}

const BAD = onePackageAReason()

describe("a package with one thing wrong", () => {
  test("is tried below for every reason of judging", () => {
    expect(BAD.map(({ reason }) => reason).sort()).toEqual([...JUDGING_REASONS].sort())
  })

  test.each(BAD.filter(({ reason }) => !PASSING_REASONS.has(reason)))(
    "($what) is refused for $reason and no other, told to the desk and to the patient",
    async (bad) => {
      const scene = await offered(bad)
      const { seed } = await scene.state()
      const view = await scene.phone.wait()
      expect(view).toMatchObject({ situation: "refused", reason: bad.reason })
      expect(view.sentences).toContain(reasonWords.en[bad.reason].patient)
      expect(receipts(scene)).toEqual([{ accepted: false, reason: bad.reason }])
      expect(await scene.state()).toMatchObject({ seed, disclosure: { step: "refused", reason: bad.reason } })
      await expect(scene.phone.publish()).rejects.toMatchObject({ code: "already-over" })
      expect(scene.backend.of("publish")).toEqual([])
    },
  )

  test.each(BAD.filter(({ reason }) => PASSING_REASONS.has(reason)))(
    "($what) is kept for later because of $reason, and nobody is told that it is wrong",
    async (bad) => {
      const scene = await offered(bad)
      const view = await scene.phone.wait()
      expect(view).toMatchObject({ situation: "received", trouble: bad.reason })
      expect(view.sentences).toContain(reasonWords.en[bad.reason].patient)
      expect(receipts(scene)).toEqual([])
      expect((await scene.state()).disclosure).toMatchObject({ step: "received", reason: bad.reason })
    },
  )
})
