import { exitWith, preparationsFor, prepare } from "./prepare.mjs"
import { progress } from "./progress.mjs"

// `npm run setup`: only what a clone needs, nothing started.
await exitWith(() => {
  const preparations = preparationsFor("start")
  prepare(preparations, progress(preparations.length, console.log))
  console.log("\nReady: npx vrijgave --help")
  return Promise.resolve(0)
})
