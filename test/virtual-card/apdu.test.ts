import { describe, expect, test } from "vitest"
import { parseCommand } from "../../native/virtual-card/apdu.ts"

function parsed(hex: string) {
  const command = parseCommand(Buffer.from(hex.replaceAll(" ", ""), "hex"))
  return command && { ...command, data: Buffer.from(command.data).toString("hex") }
}

describe("a command is read in each case of ISO/IEC 7816-4", () => {
  test.each([
    ["1, a header alone", "00200080", "", undefined],
    ["2, an answer of 8 bytes", "00cb3fff08", "", 8],
    ["2, zero is 256", "00c0000000", "", 256],
    ["2 extended, zero is 65536", "00c00000000000", "", 65_536],
    ["3, data alone", "00200080 02 3132", "3132", undefined],
    ["3 extended", "00870711 000002 3132", "3132", undefined],
    ["4, data and an answer", "00cb3fff 05 5c035fc105 00", "5c035fc105", 256],
    ["4 extended", "00870711 000002 3132 0100", "3132", 256],
    ["4 extended, zero is 65536", "00870711 000002 3132 0000", "3132", 65_536],
  ])("case %s", (_, hex, data, expected) => {
    expect(parsed(hex)).toMatchObject({ data, expected })
  })

  test("class, instruction and parameters are its first four bytes", () => {
    expect(parsed("10870711")).toMatchObject({ cla: 0x10, ins: 0x87, p1: 0x07, p2: 0x11 })
  })
})

test.each([
  ["nothing at all", ""],
  ["a header of three bytes", "002000"],
  ["less data than its length says", "00200080 08 3132"],
  ["more than a length and an answer", "00200080 02 3132 0000"],
  ["an extended length cut short", "00200080 00 00"],
  ["less data than its extended length says", "00200080 000008 3132"],
  ["a short answer length after extended data", "00200080 000002 3132 00"],
])("a command with %s is none", (_, hex) => {
  expect(parsed(hex)).toBeUndefined()
})
