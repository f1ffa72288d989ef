import { execFile } from "node:child_process"
import { promisify } from "node:util"

const run = promisify(execFile)

/** What an openssl command said, both outputs together, and whether it succeeded. */
export interface OpensslAnswer {
  readonly succeeded: boolean
  readonly output: string
}

/** Runs openssl, which is not ours and vouches for what is. */
export async function openssl(...options: readonly string[]): Promise<OpensslAnswer> {
  try {
    const { stdout, stderr } = await run("openssl", options, { maxBuffer: 64 * 1024 * 1024 })
    return { succeeded: true, output: stdout + stderr }
  } catch (error) {
    if (!(error instanceof Error) || !("stdout" in error) || !("stderr" in error)) throw error
    return { succeeded: false, output: `${String(error.stdout)}${String(error.stderr)}` }
  }
}
