import { INSTRUCTION } from "./apdu.ts"

/** What is kept of a conversation with a card. */
export interface LogEntry {
  /** In hexadecimal, without the bytes of a PIN or PUK. */
  readonly command: string
  /** In hexadecimal; what happened instead, where there was no answer. */
  readonly answer: string
}

const HEADER_AND_LENGTH_BYTES = 5
const WITH_SECRETS: ReadonlySet<number | undefined> = new Set([
  INSTRUCTION.verify,
  INSTRUCTION.changeReferenceData,
  INSTRUCTION.resetRetryCounter,
])
const MOST_ENTRIES = 20_000

/** How many APDUs there were, and the last 20,000 of them. */
export class ApduLog {
  #count = 0
  #entries: LogEntry[] = []

  get count(): number {
    return this.#count
  }

  get entries(): readonly LogEntry[] {
    return this.#entries
  }

  add(command: Uint8Array, answer: string): void {
    this.#count += 1
    this.#entries.push({ command: withoutSecrets(command), answer })
    if (this.#entries.length > MOST_ENTRIES) this.#entries = this.#entries.slice(MOST_ENTRIES / 2)
  }

  clear(): void {
    this.#count = 0
    this.#entries = []
  }
}

function withoutSecrets(command: Uint8Array): string {
  const digits = Buffer.from(command).toString("hex")
  if (!WITH_SECRETS.has(command[1])) return digits
  const hidden = Math.max(0, command.length - HEADER_AND_LENGTH_BYTES)
  return digits.slice(0, 2 * HEADER_AND_LENGTH_BYTES) + "··".repeat(hidden)
}
