import { CommanderError } from "commander"
import { SofthsmError } from "../native/softhsm/softhsm-error.ts"
import { ReaderError } from "../native/virtual-card/reader-error.ts"
import { ConfigError } from "../src-backend/config-error.ts"
import { StoreError } from "../src-backend/store/store-error.ts"
import { ProtocolError } from "../src-protocol/errors.ts"
import { BackendError } from "../src-main/backend/backend-error.ts"
import { CardError } from "../src-main/card/card-error.ts"
import { DeskError, deskProblemOf, type DeskProblem } from "../src-main/desk-problem.ts"
import { wordsFor } from "../src-main/text/problem-words.ts"
import { PhoneError } from "../src-phone/phone-error.ts"
import { phoneWordsIn } from "../src-phone/text/words-in.ts"
import { TestkitError, type TestkitErrorCode } from "../src-testkit/testkit-error.ts"
import { CliError, EXIT, type ExitCode } from "./cli-error.ts"

/** What the person reads, and the exit code. */
export interface Explanation {
  readonly text: string
  readonly exitCode: ExitCode
}

const ASKED_WRONGLY: ReadonlySet<TestkitErrorCode> = new Set<TestkitErrorCode>([
  "malformed-name",
  "malformed-pin",
  "not-a-pki",
  "nothing-to-revoke",
  "unknown-profile",
])

/** One plain message for whatever a command threw: the cause and the next step, and no stack trace. */
export function explainError(error: unknown): Explanation {
  if (error instanceof CommanderError)
    return { text: "", exitCode: error.exitCode === 0 ? EXIT.success : EXIT.usage }
  if (error instanceof CliError) return { text: error.message, exitCode: error.exitCode }
  if (error instanceof ConfigError) return explainConfigError(error)
  if (error instanceof TestkitError) {
    return { text: error.message, exitCode: ASKED_WRONGLY.has(error.code) ? EXIT.usage : EXIT.failure }
  }
  if (error instanceof StoreError) return { text: error.message, exitCode: EXIT.failure }
  if (error instanceof ReaderError) return explainReaderError(error)
  if (error instanceof SofthsmError) return { text: error.message, exitCode: EXIT.failure }
  if (error instanceof PhoneError) {
    return {
      text: `${phoneWordsIn("en").errors[error.code]}\n(${error.code}: ${error.message})`,
      exitCode: EXIT.failure,
    }
  }
  if (error instanceof DeskError || error instanceof CardError || error instanceof BackendError) {
    return explainDeskProblem(deskProblemOf(error))
  }
  if (error instanceof ProtocolError)
    return { text: `${error.message} (${error.code})`, exitCode: EXIT.failure }
  return explainSystemError(error) ?? unexpected(error)
}

function explainReaderError({ code, message }: ReaderError): Explanation {
  const advice = code === "reader-gone" ? ". Start one, in another terminal: vrijgave reader" : ""
  return { text: `${message}${advice}`, exitCode: EXIT.failure }
}

/** A wrong configuration; a port that is taken is not the configuration's fault. */
function explainConfigError({ message, cause }: ConfigError): Explanation {
  const known = explainSystemError(cause)
  if (known === undefined) return { text: message, exitCode: EXIT.usage }
  const taken = cause instanceof Error && "syscall" in cause && cause.syscall === "listen"
  return { text: `${message} (${known.text})`, exitCode: taken ? EXIT.failure : EXIT.usage }
}

/** What the desk itself refuses to go on with. */
const REFUSED_BY_DESK: ReadonlySet<DeskProblem["code"]> = new Set<DeskProblem["code"]>([
  "CONSENT_MISSING",
  "READ_BACK_DIFFERS",
])

function explainDeskProblem(problem: DeskProblem): Explanation {
  const { code, reason, detail } = problem
  const refused = reason !== undefined || REFUSED_BY_DESK.has(code)
  const name = reason === undefined ? code : `${code}, ${reason}`
  return {
    text: `${wordsFor(problem, "en")}\n(${name}: ${detail})`,
    exitCode: refused ? EXIT.refused : EXIT.failure,
  }
}

/** What the operating system says most often, in words. */
const SYSTEM_WORDS: ReadonlyMap<unknown, string> = new Map([
  ["EACCES", "permission was denied; choose another place, or change its permissions"],
  ["EADDRINUSE", "another program listens there already; choose another port, or 0 for any free one"],
  ["EDQUOT", "your disk quota is used up; make room first"],
  ["EEXIST", "it exists already; choose another name"],
  ["EISDIR", "that is a directory; name a file"],
  ["ENOENT", "there is no such file or directory; check the name"],
  ["ENOSPC", "the disk is full; make room first"],
  ["ENOTDIR", "part of that path is a file, not a directory; check the name"],
  ["EPERM", "permission was denied; choose another place, or change its permissions"],
  ["EROFS", "that disk cannot be written to; choose another place"],
])

function explainSystemError(error: unknown): Explanation | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined
  const words = SYSTEM_WORDS.get(error.code)
  if (words === undefined) return undefined
  const where =
    "path" in error ? String(error.path) : "port" in error ? `port ${String(error.port)}` : undefined
  return { text: where === undefined ? words : `${where}: ${words}`, exitCode: EXIT.failure }
}

function unexpected(error: unknown): Explanation {
  const said = error instanceof Error ? error.message : String(error)
  const [firstLine = ""] = said.split("\n")
  return {
    text: `This should not have happened: ${firstLine}\nRun it again with VRIJGAVE_DEBUG=1 to see where, and report it.`,
    exitCode: EXIT.failure,
  }
}
