import { createInterface } from "node:readline/promises"
import { CliError } from "./cli-error.ts"
import { readSecretLine } from "./read-secret-line.ts"
import type { Terminal } from "./terminal.ts"

/**
 * The terminal of this process. From the moment that a command looks at `stopping`, the first Ctrl-C or SIGTERM asks it to
 * stop, and a second one ends it at once; a command that does not look is ended by the first.
 */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process
  let stopping: AbortSignal | undefined
  for (const stream of [stdout, stderr]) stream.on("error", endQuietly)
  return {
    isInteractive: stdin.isTTY && stderr.isTTY,
    environment: process.env,
    get stopping() {
      return (stopping ??= stopSignal())
    },
    now: () => Date.now(),
    print: (text) => void stdout.write(`${text}\n`),
    tell: (text) => void stderr.write(`${text}\n`),
    ask: (question) => askLine(question),
    askSecret: (question) => readSecretLine(question, stdin, (text) => stderr.write(text)),
  }
}

/** Who reads our output has gone (`vrijgave … | head`): there is nobody left to tell anything. */
function endQuietly(error: Error): void {
  if (!("code" in error) || error.code !== "EPIPE") throw error
  process.exit()
}

function stopSignal(): AbortSignal {
  const stop = new AbortController()
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      stop.abort()
    })
  return stop.signal
}

async function askLine(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const interrupted = new AbortController()
  lines.once("SIGINT", () => {
    interrupted.abort()
  })
  try {
    return await lines.question(question, { signal: interrupted.signal })
  } catch (cause) {
    throw new CliError("failed", "Stopped: nothing was sent.", { cause })
  } finally {
    lines.close()
  }
}
