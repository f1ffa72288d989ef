import { makeReaderFilesAvailable, READER_PACKAGES } from "./debian-packages.ts"
import { ReaderError } from "./reader-error.ts"

/*
 * For set-up: sees to it that the virtual reader's programs are at hand, and says in one line how that came out. Ends
 * with 0 also where there can be no reader: what needs one is then skipped with the reason.
 */
try {
  const { programs } = await makeReaderFilesAvailable()
  process.stdout.write(`${READER_PACKAGES.join(", ")}: in ${programs}\n`)
} catch (error) {
  if (!(error instanceof ReaderError)) throw error
  process.stdout.write(`no virtual reader here: ${error.message}\n`)
}
