import { beforeAll } from "vitest"
import { openCardHome } from "../../card/support/card-home.ts"
import { PIN } from "../parties/desk-steps.ts"
import type { CardAtDesk } from "./players.ts"

/** The physician's card of this test file, on SoftHSM; to be called at its top. */
export function cardOfFile(): () => CardAtDesk {
  let card: CardAtDesk | undefined
  beforeAll(async () => {
    const home = await openCardHome()
    const made = await home.make({ profile: "arts-p256", name: "Anna de Vries", pin: PIN })
    card = { softhsm: home.directory, serial: made.tokenSerialNumber }
  })
  return () => {
    if (card === undefined) throw new RangeError("the card comes with beforeAll")
    return card
  }
}
