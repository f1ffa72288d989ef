import { readFileSync } from "node:fs"
import { SECRET } from "../state.ts"
import { base64OfPage } from "../world/base64.ts"
import { bridgeMaker } from "../world/bridge.ts"
import { makeCodec } from "../world/codec.ts"
import { emitterClass } from "../world/listeners.ts"
import type { ProcessFacts } from "../world/messages.ts"
import { pageWorld } from "../world/page-world.ts"
import { preloadWorld } from "../world/preload-world.ts"
import { startWindowHabits } from "../world/window-habits.ts"

/** The name of the preload's world, and of what it and main call in each other. */
export const PRELOAD_WORLD = "Electron Isolated Context"
export const SEND_BINDING = "__standInSend"
const DELIVER = "__standInDeliver"

/** The function by which main hands a text to the preload's world. */
export const DELIVER_FUNCTION = `function (text) { ${DELIVER}(text) }`

/** What runs in the page's world before the page. Frames within the page get nothing. */
export function pageScript(): string {
  return `(${pageWorld.toString()})((${bridgeMaker.toString()})(), ${JSON.stringify(SECRET)})`
}

/**
 * What runs in the preload's world: our functions by their source text, then the application's preload bundle in a
 * function that gives it what a sandboxed preload has. Throws where the bundle cannot be read.
 */
export function preloadScript(preload: string | undefined, facts: ProcessFacts): string {
  const bundle = preload === undefined ? "" : readFileSync(preload, "utf8")
  return `((runPreload) => {
  if (window !== window.top) return
  const sendText = globalThis.${SEND_BINDING}
  delete globalThis.${SEND_BINDING}
  const world = (${preloadWorld.toString()})({
    codec: (${makeCodec.toString()})((${base64OfPage.toString()})()),
    makeBridge: (${bridgeMaker.toString()})(),
    Emitter: (${emitterClass.toString()})(),
    startWindowHabits: ${startWindowHabits.toString()},
    secret: ${JSON.stringify(SECRET)},
    facts: ${JSON.stringify(facts)},
    sendText,
  })
  Object.defineProperty(globalThis, "${DELIVER}", { value: world.deliver })
  const module = { exports: {} }
  const setImmediate = (task, ...args) => setTimeout(task, 0, ...args)
  runPreload.call(module.exports, world.require, world.process, module, module.exports, globalThis, setImmediate, clearTimeout)
})(function (require, process, module, exports, global, setImmediate, clearImmediate) {
${bundle}
})
//# sourceURL=${preload ?? "no-preload.js"}`
}
