import { execFile } from "node:child_process"
import {
  startPrivateReaderIfPossible,
  type PrivateReader,
  type PrivateReaderOptions,
} from "../../../native/virtual-card/private-reader.ts"
import type { VirtualTestCard } from "../../../src-testkit/cards/create-virtual-card.ts"
import { createVirtualCard } from "../../../src-testkit/cards/create-virtual-card.ts"
import { whenFileIsDone } from "../../card/support/when-file-is-done.ts"
import { testPki } from "../../support/test-pki.ts"

/** A reader for this test file alone, or the reason why there is none here: then its tests are skipped. */
export type FoundReader = { readonly reader: PrivateReader } | { readonly missing: string }

/** Starts a reader that ends with the test file; prints the reason where it cannot be. */
export async function openReader(options: PrivateReaderOptions = {}): Promise<FoundReader> {
  const found = await startPrivateReaderIfPossible(options)
  if ("missing" in found) console.log(`skipped: ${found.missing}`)
  else whenFileIsDone(() => found.reader.stop())
  return found
}

/** The reader that there is; throws where there is none, which a skipped test never sees. */
export function readerOf(found: FoundReader): PrivateReader {
  if ("reader" in found) return found.reader
  throw new RangeError(found.missing)
}

export const PIN = "123456"
export const PUK = "87654321"

/** A card of the test hierarchy with that PIN and PUK. */
export async function makeChip(profile: string, name = "Anna van den Chip"): Promise<VirtualTestCard> {
  return await createVirtualCard({ pki: await testPki(), profile, name, pin: PIN, puk: PUK, at: Date.now() })
}

export interface ToolResult {
  readonly exitCode: number
  /** Standard output and standard error, one after the other. */
  readonly output: string
}

/** Runs one of OpenSC's programs on the cards of the reader. */
export function runTool(reader: PrivateReader, name: string, args: readonly string[]): Promise<ToolResult> {
  const env = { ...process.env, ...reader.environment }
  return new Promise((resolve) => {
    execFile(reader.program(name), args, { env, timeout: 30_000 }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : 1
      resolve({ exitCode, output: stdout + stderr })
    })
  })
}

/** pkcs11-tool on OpenSC's module; throws with what it said where it fails. */
export async function pkcs11Tool(reader: PrivateReader, ...args: readonly string[]): Promise<string> {
  const { exitCode, output } = await runTool(reader, "pkcs11-tool", [
    "--module",
    reader.openscModule,
    ...args,
  ])
  if (exitCode !== 0) throw new Error(output)
  return output
}
