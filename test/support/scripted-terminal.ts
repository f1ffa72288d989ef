import { runCli } from "../../src-cli/run-cli.ts"
import type { ExitCode } from "../../src-cli/cli-error.ts"
import type { Terminal } from "../../src-cli/terminal.ts"

/** What one command line came to. */
export interface Ran {
  readonly exitCode: ExitCode
  /** Standard output. */
  readonly printed: string
  /** Standard error. */
  readonly told: string
}

export interface Script {
  /** Answers to questions, in order; with them the terminal has a person at it. */
  readonly answers?: readonly string[]
  /** What is typed where a PIN is asked for. */
  readonly secret?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly now?: () => number
  readonly stopping?: AbortSignal
  /** Sees each line as it is printed or told. */
  readonly onLine?: (line: string) => void
}

/** Runs a command line in this process, with a terminal that writes down what it is told. */
export async function vrijgave(line: readonly string[], script: Script = {}): Promise<Ran> {
  const printed: string[] = []
  const told: string[] = []
  const terminal = scriptedTerminal(script, printed, told)
  const exitCode = await runCli(line, terminal)
  return { exitCode, printed: printed.join("\n"), told: told.join("\n") }
}

function scriptedTerminal(script: Script, printed: string[], told: string[]): Terminal {
  const answers = [...(script.answers ?? [])]
  const note = (lines: string[]) => (text: string) => {
    lines.push(text)
    script.onLine?.(text)
  }
  return {
    isInteractive: script.answers !== undefined || script.secret !== undefined,
    environment: script.environment ?? {},
    stopping: script.stopping ?? new AbortController().signal,
    now: script.now ?? (() => Date.now()),
    print: note(printed),
    tell: note(told),
    ask: (question) => {
      told.push(question)
      const answer = answers.shift()
      return answer === undefined
        ? Promise.reject(new Error(`nobody answers: ${question}`))
        : Promise.resolve(answer)
    },
    askSecret: (question) => {
      told.push(question)
      const { secret } = script
      return secret === undefined
        ? Promise.reject(new Error(`nobody answers: ${question}`))
        : Promise.resolve(new TextEncoder().encode(secret))
    },
  }
}
