import type { Instant } from "../src-protocol/instant.ts"

/** All that a command has of the world around it besides files and the network. */
export interface Terminal {
  /** Whether a person can be asked. */
  readonly isInteractive: boolean
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Aborted when the person or the system wants the command to end. */
  readonly stopping: AbortSignal
  now(): Instant
  /** The result, on standard output, with a line end after it. */
  print(text: string): void
  /** What is going on and what went wrong, on standard error. */
  tell(text: string): void
  /** One line of an answer, without its end. */
  ask(question: string): Promise<string>
  /** An answer that is not shown and never becomes a string; the caller wipes it. */
  askSecret(question: string): Promise<Uint8Array>
}
