import koffi from "koffi"
import { describe, expect, test } from "vitest"
import { PCSC_LAYOUTS, readerStateType, type PcscPlatform } from "../../native/pcsc/layout.ts"
import { splitNames } from "../../native/pcsc/reader-names.ts"

/** Of 64-bit machines, counted by hand from the headers: where each field of SCARD_READERSTATE begins, and its whole length. */
const STATES = {
  // Two pointers, three `unsigned long` of 8, 33 bytes and 7 to fill up.
  linux: { dwCurrentState: 16, dwEventState: 24, cbAtr: 32, rgbAtr: 40, size: 80 },
  // Two pointers, three DWORD of 4, 36 bytes.
  win32: { dwCurrentState: 16, dwEventState: 20, cbAtr: 24, rgbAtr: 28, size: 64 },
  // As on Windows with 33 bytes, and nothing to fill up: packed.
  darwin: { dwCurrentState: 16, dwEventState: 20, cbAtr: 24, rgbAtr: 28, size: 61 },
} as const

describe("the structures of PC/SC", () => {
  test.each(["linux", "win32", "darwin"] as const)(
    "have the length and the fields' places of %s",
    (platform) => {
      const type = readerStateType(PCSC_LAYOUTS[platform])
      const { size, ...offsets } = STATES[platform]
      expect(koffi.sizeof(type)).toBe(size)
      expect(koffi.offsetof(type, "szReader")).toBe(0)
      expect(koffi.offsetof(type, "pvUserData")).toBe(8)
      for (const [field, offset] of Object.entries(offsets)) expect(koffi.offsetof(type, field)).toBe(offset)
    },
  )

  test.each([
    ["linux", 8, 8, 8],
    ["darwin", 4, 4, 4],
    ["win32", 4, 4, 8],
  ] as const)("have numbers of the right width on %s", (platform: PcscPlatform, long, dword, handle) => {
    const layout = PCSC_LAYOUTS[platform]
    expect([layout.long, layout.dword, layout.handle].map((type) => koffi.sizeof(type))).toEqual([
      long,
      dword,
      handle,
    ])
  })

  test("name the functions that take text as the library does", () => {
    expect(PCSC_LAYOUTS.win32.textSuffix).toBe("A")
    expect([PCSC_LAYOUTS.linux.textSuffix, PCSC_LAYOUTS.darwin.textSuffix]).toEqual(["", ""])
  })

  test("list readers one after the other, however many, and none as none", () => {
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
    expect(splitNames(bytes("ACS ACR39U 00 00\0Lezer é 01 00\0\0"))).toEqual([
      "ACS ACR39U 00 00",
      "Lezer é 01 00",
    ])
    expect(splitNames(bytes("\0"))).toEqual([])
    expect(splitNames(bytes(""))).toEqual([])
  })
})
