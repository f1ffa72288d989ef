import { aggregate } from "../../../src-backend/aggregation/aggregate.ts"
import { createApp } from "../../../src-backend/app.ts"
import { openBackend, type Backend } from "../../../src-backend/backend.ts"
import { keepHouse } from "../../../src-backend/housekeeping.ts"
import { refreshCrls } from "../../../src-backend/revocation/refresh-crls.ts"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { openPki } from "../../../src-testkit/pki/test-pki.ts"
import { hookDatabase } from "../support/hook-database.ts"
import { hookFiles } from "../support/hook-files.ts"
import { hookServer } from "../support/hook-network.ts"
import { backendConfig, BackendParty } from "./backend-party.ts"
import { serveSteps } from "./serve-steps.ts"

hookServer()
hookDatabase()
await hookFiles()

// As server.ts starts one, but the work that it does by itself is done when the test asks for it.
const party = BackendParty.parse(JSON.parse(process.argv[2] ?? ""))
const { trust } = await openPki(party.pki)
let offset = party.clockOffset
let opened: Backend | undefined

function backend(): Backend {
  if (opened === undefined) throw new RangeError("not started")
  return opened
}

serveSteps({
  async start() {
    const clock = (): number => Date.now() + offset
    opened = await openBackend(backendConfig(party, trust), {
      crypto: nodeCrypto,
      clock,
      log: () => undefined,
    })
    await refreshCrls(opened)
    return await createApp(opened).listen({ host: "127.0.0.1", port: 0 })
  },
  aggregate: async () => await aggregate(backend()),
  "keep house": async () => {
    await keepHouse(backend())
  },
  clock: (input) => {
    offset = Number(input)
    return Promise.resolve(undefined)
  },
  "read lists": async () => {
    await refreshCrls(backend())
  },
})
