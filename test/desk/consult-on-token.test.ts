import { beforeAll, describe, expect, test } from "vitest"
import { englishWords } from "../../src-protocol/trustwords/english.ts"
import { openCardHome, pinBytes, type CardHome } from "../card/support/card-home.ts"
import { openDeskWorld, type DeskWorld } from "./support/desk-world.ts"

let world: DeskWorld
let home: CardHome

beforeAll(async () => {
  world = await openDeskWorld()
  home = await openCardHome()
})

describe("a consult with a token, its module in a process of its own", () => {
  test.each([
    ["arts", "Zoë van 't Hof-d'Été, jr", false],
    ["arts-p384", "Bea Bakker", true],
    ["arts-pss", "Cas de Wit", false],
  ])(
    "of the profile %s ends with a package that the backend accepts",
    async (profile, name, alwaysAuthenticate) => {
      const card = await home.make({ profile, name, alwaysAuthenticate })
      const phone = await world.register()
      const desk = world.desk(home.host())
      const token = (await desk.listCards()).find(({ serial }) => serial === card.tokenSerialNumber)
      expect(token?.label).toBe(card.label)

      const { session } = await desk.signIn(card.tokenSerialNumber, pinBytes(card.pin))
      expect(session.clinician).toMatchObject({ name, uziNumber: card.uziNumber })
      await desk.lookUp(phone.code)
      expect(await desk.readBackWords(englishWords)).toHaveLength(2)
      await desk.reviewSigner()
      desk.confirm({ readBack: true, consent: true })
      await expect(desk.sign(pinBytes("00000000"))).rejects.toMatchObject({ problem: { code: "PIN_WRONG" } })
      const { verdict } = await desk.sign(pinBytes(card.pin))
      expect(verdict.signer.name).toBe(name)
      expect(await desk.post()).toMatchObject({ state: "authorised", first: true })
    },
  )

  test("whose PIN is wrong at sign-in can be tried again", async () => {
    const card = await home.make({ profile: "arts-p256", name: "Dirk Smit" })
    const desk = world.desk(home.host())
    await expect(desk.signIn(card.tokenSerialNumber, pinBytes("00000000"))).rejects.toMatchObject({
      problem: { code: "PIN_WRONG", retriable: true },
    })
    desk.leave()
    const { session } = await desk.signIn(card.tokenSerialNumber, pinBytes(card.pin))
    expect(session.clinician.uziNumber).toBe(card.uziNumber)
  })
})
