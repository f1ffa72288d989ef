import { spawn } from "node:child_process"
import { text } from "node:stream/consumers"
import { fileURLToPath } from "node:url"
import { softhsmConfigurationPath } from "../../native/softhsm/softhsm-home.ts"
import { TestkitError } from "../testkit-error.ts"
import { tokenAnswer, type TokenAnswer, type TokenCommand } from "./token-commands.ts"

const ENTRY = fileURLToPath(new URL("token-process.ts", import.meta.url))

/**
 * Runs one command on a token of the SoftHSM home in `directory`, in a process of its own; the PIN goes through its
 * standard input. Throws `token-failed` with what the process said.
 */
export async function runTokenProcess(directory: string, command: TokenCommand): Promise<TokenAnswer> {
  const env = { ...process.env, SOFTHSM2_CONF: softhsmConfigurationPath(directory) }
  const child = spawn(process.execPath, [ENTRY], { env, stdio: ["pipe", "pipe", "pipe"] })
  child.stdin.end(JSON.stringify(command))
  const ended = new Promise<number | undefined>((resolve, reject) => {
    child.once("error", reject)
    child.once("close", (code) => {
      resolve(code ?? undefined)
    })
  })
  const [said, complained, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (code !== 0) throw tokenFailed(command, complained)
  return tokenAnswer.parse(JSON.parse(said))
}

function tokenFailed(command: TokenCommand, complained: string): TestkitError {
  const reason = /CKR_\w+|RangeError: .*/.exec(complained)?.[0] ?? complained.trim().split("\n").at(-1) ?? ""
  return new TestkitError("token-failed", `The token "${command.label}" could not be written: ${reason}`)
}
