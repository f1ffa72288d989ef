import { runQuietly } from "./run.mjs"
import { node24 } from "./paths.mjs"
import { SetupError } from "./progress.mjs"

/** Sees to it that there is a Node 24 that runs on this machine, and says which; throws `SetupError` if there is none. */
export function checkNode() {
  const program = node24()
  const version = program === undefined ? undefined : runQuietly(program, ["--version"])
  if (program !== undefined && version?.ok === true) return `${version.output}, ${program}`
  throw new SetupError(
    `${version?.output ?? "npm has no Node 24 for this kind of machine."}\n\n` +
      `This is Node ${process.versions.node}. Install Node 24 from https://nodejs.org/en/download, then start again.`,
  )
}
