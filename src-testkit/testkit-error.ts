export type TestkitErrorCode =
  | "already-a-pki"
  | "card-exists"
  | "damaged-record"
  | "directory-busy"
  | "malformed-name"
  | "malformed-pin"
  | "not-a-pki"
  | "nothing-to-revoke"
  | "token-failed"
  | "unknown-profile"

/**
 * What the test kit throws. The message is a sentence for the tester that names the next step;
 * the code is for the program.
 */
export class TestkitError extends Error {
  readonly code: TestkitErrorCode

  constructor(code: TestkitErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = "TestkitError"
    this.code = code
  }
}
