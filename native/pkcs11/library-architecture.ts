/** The machines that a library is built for, in Node's words; `undefined` where the bytes are no library's beginning. */
export function libraryArchitectures(head: Uint8Array): readonly string[] | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.length)
  if (head.length < HEAD_BYTES) return undefined
  const magic = view.getUint32(0)
  if (magic === 0x7f454c46) return [ELF_MACHINES[view.getUint16(18, true)] ?? "another"]
  if (magic >>> 16 === 0x4d5a) return windowsArchitecture(view)
  if (magic === 0xcffaedfe) return [APPLE_MACHINES[view.getUint32(4, true)] ?? "another"]
  if (magic === 0xcefaedfe) return ["ia32"]
  return magic === 0xcafebabe ? universalArchitectures(view) : undefined
}

/** As much of a file as `libraryArchitectures` looks at. */
export const LIBRARY_HEAD_BYTES = 4_096
const HEAD_BYTES = 64

/** e_machine of the ELF header, at 18 (all platforms of ours are little-endian). */
const ELF_MACHINES: Readonly<Record<number, string>> = {
  0x03: "ia32",
  0x28: "arm",
  0x3e: "x64",
  0xb7: "arm64",
  0xf3: "riscv64",
}

/** Machine of the COFF header. */
const WINDOWS_MACHINES: Readonly<Record<number, string>> = { 0x014c: "ia32", 0x8664: "x64", 0xaa64: "arm64" }

/** cputype of the Mach-O header. */
const APPLE_MACHINES: Readonly<Record<number, string>> = {
  0x00000007: "ia32",
  0x01000007: "x64",
  0x0100000c: "arm64",
}

/** The DOS header tells at 60 where the COFF header is: "PE", two zero bytes, machine. */
function windowsArchitecture(view: DataView): readonly string[] | undefined {
  const at = view.getUint32(60, true)
  if (at + 6 > view.byteLength || view.getUint32(at) !== 0x50450000) return undefined
  return [WINDOWS_MACHINES[view.getUint16(at + 4, true)] ?? "another"]
}

/** A universal file of Apple's: a count, then for each part 20 bytes that begin with its cputype. */
function universalArchitectures(view: DataView): readonly string[] | undefined {
  const count = view.getUint32(4)
  // The same magic begins a Java class, whose "count" is its version.
  if (count === 0 || count > 8) return undefined
  return Array.from({ length: count }, (_, i) => 8 + 20 * i)
    .filter((at) => at + 4 <= view.byteLength)
    .map((at) => APPLE_MACHINES[view.getUint32(at)] ?? "another")
}
