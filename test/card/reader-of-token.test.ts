import { describe, expect, test } from "vitest"
import { readerOfToken } from "../../src-main/card/reader-of-token.ts"

const LONG = "Gemalto PC Twin Reader with a very long name indeed (0123456789ABCDEF) 00 00"
const here = (name: string) => ({ name, occupied: true })
const empty = (name: string) => ({ name, occupied: false })

describe("the reader that a token is in", () => {
  test.each([
    [
      "of that name",
      "ACS ACR39U 00 00",
      true,
      [here("Other 01 00"), here("ACS ACR39U 00 00")],
      "ACS ACR39U 00 00",
    ],
    ["whose name the module cut off", LONG.slice(0, 64), true, [here("Other 00 00"), here(LONG)], LONG],
    [
      "that alone holds a card, where the module calls it otherwise",
      "Slot 1",
      true,
      [empty("B"), here("A")],
      "A",
    ],
    [
      "unknown where two hold cards and neither has the name",
      "Slot 1",
      true,
      [here("A"), here("B")],
      undefined,
    ],
    ["none for a token that is no device", "SoftHSM slot ID 0x1", false, [here("A")], undefined],
    ["none where the card is out again", "ACS ACR39U 00 00", true, [empty("ACS ACR39U 00 00")], undefined],
    ["not one whose name merely begins alike", "ACS", true, [here("ACS ACR39U 00 00"), here("B")], undefined],
    ["none where there is none", "A", true, [], undefined],
  ] as const)("is %s", (_, description, hardware, readers, expected) => {
    expect(readerOfToken({ description, hardware }, readers)).toBe(expected)
  })
})
