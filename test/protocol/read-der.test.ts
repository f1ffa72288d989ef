import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { bytesOfHex } from "../../src-protocol/bytes.ts"
import {
  booleanValue,
  namedBits,
  naturalNumber,
  oidText,
  serialHex,
  smallNumber,
  stringValue,
  timeValue,
  wholeBitString,
} from "../../src-protocol/der-values.ts"
import { ProtocolError } from "../../src-protocol/errors.ts"
import { childrenOf, contentBytes, DerFields, readDer, type DerNode } from "../../src-protocol/read-der.ts"
import {
  integer,
  namedBits as encodeNamedBits,
  objectIdentifier,
  tagged,
  time,
} from "../../src-testkit/pki/der.ts"
import { expectRefusal } from "./refusals.ts"

const node = (hex: string): DerNode => readDer(bytesOfHex(hex))

describe("an element", () => {
  test("is read in short and long form", () => {
    expect(contentBytes(node("040161"))).toEqual(bytesOfHex("61"))
    const long = tagged(0x04, new Uint8Array(300))
    expect(contentBytes(readDer(long))).toHaveLength(300)
  })

  test.each([
    ["nothing", ""],
    ["a tag alone", "04"],
    ["less than it says", "040261"],
    ["bytes after it", "04016100"],
    ["an indefinite length", "30800000"],
    ["a long length where the short would do", "04810161"],
    ["a length with leading zeros", `0482008061${"00".repeat(127)}`],
    ["a length of five octets", "04850000000001"],
    ["a length over 2^32", "0484ffffffff"],
    ["a tag of several bytes", "1f8101"],
    ["a constructed OCTET STRING", "2403040161"],
    ["a SEQUENCE that is not constructed", "1000"],
  ])("is refused: %s", (_, hex) => {
    expectRefusal(() => node(hex), "malformed-der")
  })

  test("of any bytes is read or refused, nothing else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          readDer(bytes)
        } catch (cause) {
          expect(cause).toBeInstanceOf(ProtocolError)
        }
      }),
    )
  })
})

describe("the fields of a SEQUENCE", () => {
  test("come in order, optional ones may lack, and none may be left", () => {
    const fields = new DerFields(node("3006020101040161"), "the test")
    expect(fields.optional(0x01, "a flag")).toBeUndefined()
    fields.next(0x02, "a number")
    expect(() => {
      fields.end()
    }).toThrow("a part too many")
    expect(() => fields.next(0x02, "another number")).toThrow("another number is missing")
    fields.any("the rest")
    expect(fields.atEnd()).toBe(true)
  })

  test("end with their SEQUENCE, whatever a child claims", () => {
    const outer = node("3003040261")
    expect(() => childrenOf(outer, "the test")).toThrow("longer than what holds it")
  })

  test("are not read without end", () => {
    expect(() => childrenOf(readDer(tagged(0x30, new Uint8Array(130))), "the test")).toThrow("more than 64")
  })
})

describe("a value", () => {
  test.each([
    ["an empty INTEGER", () => naturalNumber(node("0200"), "n")],
    ["an INTEGER with a superfluous 00", () => naturalNumber(node("02020001"), "n")],
    ["an INTEGER with a superfluous FF", () => serialHex(node("0202ff80"), "n")],
    ["a negative number", () => naturalNumber(node("020180"), "n")],
    ["a number too large", () => smallNumber(node("02050100000000"), "n")],
    ["a serial number of 21 bytes", () => serialHex(readDer(tagged(2, new Uint8Array(21).fill(1))), "n")],
    ["a BOOLEAN of 01", () => booleanValue(node("010101"), "b")],
    ["an OID cut off", () => oidText(node("060281" + "80"), "o")],
    ["an OID with a leading 80", () => oidText(node("06038001" + "01"), "o")],
    ["an empty OID", () => oidText(node("0600"), "o")],
    ["a BIT STRING with unused bits", () => wholeBitString(node("03020780"), "s")],
    ["bits with a trailing zero", () => namedBits(node("03020640".replace("0640", "0540")), "k")],
    ["bits with rubbish among the unused", () => namedBits(node("030206c1"), "k")],
    ["a time without seconds", () => timeValue(node("170b32363131323230303030" + "5a"), "t")],
    ["a thirteenth month", () => timeValue(readDer(tagged(0x17, Buffer.from("261322000000Z"))), "t")],
    ["the 30th of February", () => timeValue(readDer(tagged(0x17, Buffer.from("260230000000Z"))), "t")],
    [
      "a GeneralizedTime before 2050",
      () => timeValue(readDer(tagged(0x18, Buffer.from("20261122000000Z"))), "t"),
    ],
    ["a time with an offset", () => timeValue(readDer(tagged(0x17, Buffer.from("2611220000+0100"))), "t")],
    ["text that is not UTF-8", () => stringValue(node("0c01ff"), "x")],
    ["an IA5String with an eighth bit", () => stringValue(node("160180"), "x")],
    ["a string of a megabyte", () => stringValue(readDer(tagged(0x14, new Uint8Array(2 ** 20))), "x")],
    ["a BMPString of one byte", () => stringValue(node("1e0161"), "x")],
  ])("is refused: %s", (_, read) => {
    expectRefusal(read, "malformed-der")
  })

  test("that was written is read again", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 200n }), (value) => {
        expect(naturalNumber(readDer(integer(value)), "n")).toBe(value)
      }),
    )
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(8), { maxLength: 9 }), (bits) => {
        expect(namedBits(readDer(encodeNamedBits(bits)), "k")).toEqual([...bits].sort((a, b) => a - b))
      }),
    )
    fc.assert(
      fc.property(
        fc.nat(2),
        fc.nat(39),
        fc.array(fc.nat(2 ** 30), { minLength: 1, maxLength: 6 }),
        (first, second, rest) => {
          const oid = [first, second, ...rest].join(".")
          expect(oidText(readDer(objectIdentifier(oid)), "o")).toBe(oid)
        },
      ),
    )
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        expect(timeValue(readDer(time(seconds * 1000)), "t")).toBe(seconds * 1000)
      }),
    )
  })
})
