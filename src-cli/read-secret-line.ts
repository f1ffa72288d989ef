import { CliError } from "./cli-error.ts"

const LONGEST_SECRET = 256
const KEY = { interrupt: 0x03, endOfInput: 0x04, backspace: 0x08, lineFeed: 0x0a, enter: 0x0d, delete: 0x7f }

/** A terminal's input, as far as it is used here. */
export interface SecretInput {
  setRawMode(mode: boolean): unknown
  resume(): unknown
  pause(): unknown
  on(event: "data", listener: (chunk: Uint8Array) => void): unknown
  off(event: "data", listener: (chunk: Uint8Array) => void): unknown
}

/**
 * A line typed without echo; Ctrl-C and Ctrl-D throw. Its bytes live in the returned array alone: what was in between is
 * wiped. The question comes after the echo is off, so that nothing typed early is shown either.
 */
export async function readSecretLine(
  question: string,
  input: SecretInput,
  write: (text: string) => unknown,
): Promise<Uint8Array> {
  input.setRawMode(true)
  input.resume()
  write(question)
  const typed = new Uint8Array(LONGEST_SECRET)
  try {
    return await collectLine(input, typed)
  } finally {
    typed.fill(0)
    input.setRawMode(false)
    input.pause()
    write("\n")
  }
}

function collectLine(input: SecretInput, typed: Uint8Array): Promise<Uint8Array> {
  let length = 0
  return new Promise((resolve, reject) => {
    const onData = (chunk: Uint8Array) => {
      for (const key of chunk) {
        if (isLast(key)) {
          input.off("data", onData)
          chunk.fill(0)
          if (isStop(key)) reject(new CliError("failed", "Stopped: no PIN was given and nothing was signed."))
          else resolve(typed.slice(0, length))
          return
        }
        if (key === KEY.backspace || key === KEY.delete) length = Math.max(0, length - 1)
        else if (length < LONGEST_SECRET) typed[length++] = key
      }
      chunk.fill(0)
    }
    input.on("data", onData)
  })
}

function isStop(key: number): boolean {
  return key === KEY.interrupt || key === KEY.endOfInput
}

function isLast(key: number): boolean {
  return isStop(key) || key === KEY.enter || key === KEY.lineFeed
}
