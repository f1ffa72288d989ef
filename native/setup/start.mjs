import { join } from "node:path"
import { node24, ROOT } from "./paths.mjs"
import { exitWith, preparationsFor, prepare } from "./prepare.mjs"
import { progress, SetupError } from "./progress.mjs"
import { runInForeground } from "./run.mjs"

// `npm start`: set up what is missing, then the guided demonstration under Node 24. `npm start -- --dir D` hands D on.
await exitWith(async () => {
  const preparations = preparationsFor("start")
  const told = progress(preparations.length + 1, console.log)
  prepare(preparations, told)
  const node = node24()
  if (node === undefined) throw new SetupError("Node 24 has gone away since it was checked. Start again.")
  told.begin("the demonstration: from a phone's hash to a published batch\n")
  return runInForeground(node, [join(ROOT, "src-cli", "main.ts"), "demo", ...process.argv.slice(2)])
})
