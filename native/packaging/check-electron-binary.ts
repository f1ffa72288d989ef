import { open } from "node:fs/promises"

/** How a program of each platform begins: ELF (gABI, "ELF Identification"), PE (its MS-DOS header), Mach-O (mach-o/loader.h). */
const BEGINNINGS: ReadonlyMap<string, readonly string[]> = new Map([
  ["linux", ["7f454c46"]],
  ["win32", ["4d5a"]],
  // 64-bit, little-endian; and the header of a file for several processors.
  ["darwin", ["cffaedfe", "cafebabe"]],
])

/**
 * Refuses, with the reason, an Electron that is not a program of the platform (as `process.platform` names it): a script
 * that stands in for one passes every other check of packing, and would be shipped.
 */
export async function checkElectronBinary(path: string, platform: string): Promise<void> {
  const beginnings = BEGINNINGS.get(platform === "mas" ? "darwin" : platform)
  if (beginnings === undefined) throw new Error(`There are no packages for ${platform}.`)
  const found = await firstBytes(path)
  if (beginnings.some((beginning) => found.startsWith(beginning))) return
  throw new Error(
    `${path} is no program of ${platform} (it begins with ${found}), so this is not Electron. ` +
      "Get Electron first: npx install-electron.",
  )
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path, "r")
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.subarray(0, bytesRead).toString("hex")
  } finally {
    await file.close()
  }
}
