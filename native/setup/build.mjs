import { buildWindows } from "./build-windows.mjs"
import { exitWith, preparationsFor, prepare } from "./prepare.mjs"
import { progress } from "./progress.mjs"

// `npm run build`: the desk's bundles and the tester's phone, made anew.
await exitWith(() => {
  const preparations = preparationsFor("read")
  const told = progress(preparations.length + 1, console.log)
  prepare(preparations, told)
  told.begin("bundles (vite)")
  told.end(buildWindows())
  return Promise.resolve(0)
})
