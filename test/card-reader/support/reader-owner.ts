import { startPrivateReader } from "../../../native/virtual-card/private-reader.ts"

/* A program that owns a reader and is ended by a test. */
const { pid, directory } = await startPrivateReader()
process.stdout.write(`${JSON.stringify({ pid, directory })}\n`)
setInterval(() => undefined, 60_000)
