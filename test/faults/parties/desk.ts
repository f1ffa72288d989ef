import { hookFork } from "../support/hook-card.ts"
import { hookFetch } from "../support/hook-network.ts"
import { hookFiles } from "../support/hook-files.ts"
import { deskOf, DeskParty } from "./desk-steps.ts"
import { serveSteps } from "./serve-steps.ts"

hookFork()
hookFetch()
await hookFiles()
serveSteps(await deskOf(DeskParty.parse(JSON.parse(process.argv[2] ?? ""))))
