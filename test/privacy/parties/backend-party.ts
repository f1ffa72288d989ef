import { appendFileSync } from "node:fs"
import { join } from "node:path"
import { startBackend } from "../../../src-backend/server.ts"
import { Settings } from "../../../src-backend/settings.ts"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { readTrust } from "./read-trust.ts"
import { serveCommands } from "./serve-commands.ts"

/** A backend of its own: `backend-party.ts <directory> <pki> <log file>`. */
const [, , directory = "", pki = "", logFile = ""] = process.argv

const anyPort = { host: "127.0.0.1", port: 0 }
const trust = await readTrust(pki)
const backend = await startBackend(
  {
    ...{ directory, listen: anyPort, operator: anyPort, trust, authenticationTrust: trust },
    crlSources: [{ file: join(pki, "crls.pem") }],
    trustedProxies: [],
    settings: Settings.parse({ cycleMilliseconds: 500 }),
  },
  {
    crypto: nodeCrypto,
    clock: () => Date.now(),
    log: (line) => {
      appendFileSync(logFile, `${JSON.stringify(line)}\n`)
    },
  },
)

serveCommands({
  origin: () => Promise.resolve(backend.origin),
  batches: async () => (await fetch(new URL("/v1/batches", backend.origin))).text(),
})
