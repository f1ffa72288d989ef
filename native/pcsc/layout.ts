import koffi, { type TypeObject } from "koffi"

export type PcscPlatform = "linux" | "darwin" | "win32"

/** What differs between the three PC/SC libraries: where they are, and how wide their numbers are. */
export interface PcscLayout {
  readonly library: string
  /** The suffix of functions that take text: Windows has them twice. */
  readonly textSuffix: "" | "A"
  /** LONG and DWORD: `long` and `unsigned long` in pcsc-lite, 32 bits in Windows and in Apple's framework. */
  readonly long: "int32_t" | "int64_t"
  readonly dword: "uint32_t" | "uint64_t"
  /** SCARDCONTEXT and SCARDHANDLE. */
  readonly handle: "int32_t" | "int64_t"
  readonly atrBytes: 33 | 36
  /** Apple's headers pack their structures to one byte. */
  readonly packed: boolean
}

/** By pcsc-lite's pcsclite.h and wintypes.h, Apple's PCSC/pcsclite.h, and Microsoft's winscard.h; all for 64-bit machines. */
export const PCSC_LAYOUTS: Readonly<Record<PcscPlatform, PcscLayout>> = {
  linux: {
    ...({ library: "libpcsclite.so.1", textSuffix: "" } as const),
    ...({ long: "int64_t", dword: "uint64_t", handle: "int64_t", atrBytes: 33, packed: false } as const),
  },
  darwin: {
    ...({ library: "/System/Library/Frameworks/PCSC.framework/PCSC", textSuffix: "" } as const),
    ...({ long: "int32_t", dword: "uint32_t", handle: "int32_t", atrBytes: 33, packed: true } as const),
  },
  win32: {
    ...({ library: "winscard.dll", textSuffix: "A" } as const),
    ...({ long: "int32_t", dword: "uint32_t", handle: "int64_t", atrBytes: 36, packed: false } as const),
  },
}

/** SCARD_READERSTATE of a platform. */
export function readerStateType({ dword, atrBytes, packed }: PcscLayout): TypeObject {
  const fields = {
    szReader: "const char *",
    pvUserData: "void *",
    dwCurrentState: dword,
    dwEventState: dword,
    cbAtr: dword,
    rgbAtr: koffi.array("uint8_t", atrBytes),
  }
  return packed ? koffi.pack(fields) : koffi.struct(fields)
}
