import { closeSync, fstatSync, readSync, type Stats } from "node:fs"
import { z } from "zod"
import type { Flag } from "../add-command.ts"
import { CliError } from "../cli-error.ts"
import type { Terminal } from "../terminal.ts"
import { FileDescriptor, Text } from "./values.ts"

/** The flags that say where the PIN comes from. There is none that takes the PIN itself: others can read arguments. */
export const PIN_FLAGS: readonly Flag[] = [
  {
    flags: "--pin-fd <number>",
    describes: "read the PIN from this file descriptor (default: ask, without echo)",
  },
  { flags: "--pin-env <name>", describes: "take the PIN from this environment variable: for tests only" },
]
export const PinOptions = z.object({ pinFd: FileDescriptor.optional(), pinEnv: Text.optional() })
export type PinOptions = z.infer<typeof PinOptions>

/** Where PINs come from. */
export interface PinSource {
  /** A PIN of its own for each signature: whoever gets it wipes it. */
  next(question: string): Promise<Uint8Array>
  /** Wipes what is kept for a second signature. */
  wipe(): void
}

/** The source that the flags name; throws a usage error where there is none. */
export function openPinSource({ pinFd, pinEnv }: PinOptions, terminal: Terminal): PinSource {
  if (pinFd !== undefined && pinEnv !== undefined)
    throw new CliError("usage", "Give --pin-fd or --pin-env, not both.")
  if (pinFd !== undefined) return keptPin(readPin(pinFd))
  if (pinEnv !== undefined) return keptPin(pinOf(pinEnv, terminal))
  if (!terminal.isInteractive)
    throw new CliError(
      "usage",
      "There is no terminal to ask the PIN on. Give it with --pin-fd or, for a test, --pin-env.",
    )
  return { next: (question) => terminal.askSecret(question), wipe: () => undefined }
}

function keptPin(pin: Uint8Array): PinSource {
  return {
    next: () => Promise.resolve(pin.slice()),
    wipe: () => {
      pin.fill(0)
    },
  }
}

const LONGEST_LINE = 256
const LINE_FEED = 0x0a
const RETURN = 0x0d

/** The first line of what the descriptor gives; it is closed then, so that no process started later inherits it. */
function readPin(fd: number): Uint8Array {
  const where = `--pin-fd ${String(fd)}`
  const buffer = new Uint8Array(LONGEST_LINE)
  try {
    checkIsAStream(fd)
    let length = 0
    for (let read = -1; read !== 0 && length < LONGEST_LINE && !buffer.includes(LINE_FEED); length += read)
      read = readSync(fd, buffer, length, LONGEST_LINE - length, null)
    // The three standard ones stay: the command still speaks through them.
    if (fd > 2) closeSync(fd)
    const end = buffer.subarray(0, length).findIndex((byte) => byte === LINE_FEED || byte === RETURN)
    return checkNotEmpty(buffer.slice(0, end < 0 ? length : end), where)
  } catch (cause) {
    if (cause instanceof CliError) throw cause
    const advice = "open it for the command, such as 3<pin.txt"
    throw new CliError("usage", `${where}: nothing can be read from that file descriptor; ${advice}`, {
      cause,
    })
  } finally {
    buffer.fill(0)
  }
}

/** Node has descriptors of its own, which nobody meant: reading or closing one of them would hang or end the process. */
function checkIsAStream(fd: number): void {
  const found = fstatSync(fd)
  const isStream = found.isFile() || found.isFIFO() || found.isSocket() || found.isCharacterDevice()
  if (!isStream || (fd > 2 && found.isFIFO() && hasBothEnds(fd, found)))
    throw new RangeError("nobody handed this descriptor in")
}

const NODES_OWN = Array.from({ length: 64 }, (_, i) => i + 3)

/** A pipe of which this process holds another end too is one that it talks to itself through. */
function hasBothEnds(fd: number, { dev, ino }: Stats): boolean {
  return NODES_OWN.some((other) => {
    if (other === fd) return false
    try {
      const found = fstatSync(other)
      return found.isFIFO() && found.dev === dev && found.ino === ino
    } catch {
      return false
    }
  })
}

function pinOf(name: string, terminal: Terminal): Uint8Array {
  const value = terminal.environment[name]
  if (value === undefined)
    throw new CliError("usage", `--pin-env ${name}: there is no environment variable of that name`)
  return checkNotEmpty(new TextEncoder().encode(value), `--pin-env ${name}`)
}

function checkNotEmpty(pin: Uint8Array, where: string): Uint8Array {
  if (pin.length === 0) throw new CliError("usage", `${where}: the PIN is empty`)
  return pin
}
