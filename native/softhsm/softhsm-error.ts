export type SofthsmErrorCode = "softhsm-missing" | "utility-failed"

/** What goes wrong with SoftHSM itself; the message says what to do. */
export class SofthsmError extends Error {
  readonly code: SofthsmErrorCode

  constructor(code: SofthsmErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = "SofthsmError"
    this.code = code
  }
}
