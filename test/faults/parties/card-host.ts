import { flushCompileCache } from "node:module"
import { hookQuestions } from "../support/hook-card.ts"
import { hookModule } from "../support/hook-module.ts"

hookModule()
hookQuestions()
// Only now: the product's process listens as soon as it is loaded.
await import("../../../src-main/card/host/host-process.ts")
flushCompileCache()
