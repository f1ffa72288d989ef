import { hookFetch } from "../support/hook-network.ts"
import { hookFiles } from "../support/hook-files.ts"
import { phoneOf, PhoneParty } from "./phone-steps.ts"
import { serveSteps } from "./serve-steps.ts"

hookFetch()
await hookFiles()
let offset = 0
const phone = await phoneOf(PhoneParty.parse(JSON.parse(process.argv[2] ?? "")), () => Date.now() + offset)
serveSteps({
  ...phone,
  clock: (input) => {
    offset = Number(input)
    return Promise.resolve(undefined)
  },
})
