import type { RefusalReason } from "./reasons.ts"

/** What can be wrong with bytes or text that no verdict is asked about. */
export type InputDefect =
  | "malformed-base64"
  | "malformed-batch"
  | "malformed-certificate"
  | "malformed-code"
  | "malformed-crl"
  | "malformed-der"
  | "malformed-hex"
  | "malformed-pem"
  | "malformed-trust-profile"
  | "wrong-length"

export type ProtocolErrorCode = InputDefect | RefusalReason

/**
 * What every function of `src-protocol` throws when what it was given is not what it must be.
 * `code` is for the program, `message` names the place and the cause for the developer; the words for people are elsewhere.
 */
export class ProtocolError extends Error {
  readonly code: ProtocolErrorCode

  constructor(code: ProtocolErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = "ProtocolError"
    this.code = code
  }
}
