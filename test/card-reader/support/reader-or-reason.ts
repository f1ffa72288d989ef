import { startPrivateReaderIfPossible } from "../../../native/virtual-card/private-reader.ts"

/* A program that tries to have a reader, and says why it cannot. */
const found = await startPrivateReaderIfPossible()
process.stdout.write("missing" in found ? found.missing : "there is one")
if ("reader" in found) await found.reader.stop()
