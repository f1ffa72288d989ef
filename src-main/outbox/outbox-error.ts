export type OutboxProblem = "OUTBOX_UNWRITABLE" | "OUTBOX_DAMAGED"

/** What keeps the outbox from being written or read. */
export class OutboxError extends Error {
  readonly code: OutboxProblem

  constructor(code: OutboxProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = "OutboxError"
    this.code = code
  }
}
