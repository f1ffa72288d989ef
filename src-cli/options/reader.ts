import { z } from "zod"
import { connectToReader } from "../../native/virtual-card/control-client.ts"
import { controlsOf, type ReaderControls } from "../../native/virtual-card/reader-controls.ts"
import {
  checkReaderDirectory,
  controlSocketOf,
  usualReaderDirectory,
} from "../../native/virtual-card/reader-directory.ts"
import type { Flag } from "../add-command.ts"
import { Directory } from "./values.ts"

/** The flags that say which virtual reader, and which of its slots. */
export const READER_FLAG: Flag = {
  flags: "--reader <directory>",
  describes: "the directory of the virtual reader (default: the one that vrijgave reader takes)",
}
export const SLOT_FLAG: Flag = { flags: "--slot <number>", describes: "0 or 1 (default: 0)" }

export const ReaderDirectory = Directory.default(() => usualReaderDirectory())
export const Slot = z
  .enum(["0", "1"], "a reader has the slots 0 and 1")
  .default("0")
  .transform((digit) => Number(digit))

/** Asks the reader of a directory; throws `reader-gone` where none runs. The connection ends with `work`. */
export async function withReader<Result>(
  directory: string,
  work: (reader: ReaderControls) => Promise<Result>,
): Promise<Result> {
  await checkReaderDirectory(directory)
  const client = await connectToReader(controlSocketOf(directory))
  try {
    return await work(controlsOf(client))
  } finally {
    client.close()
  }
}
