export type ReaderErrorCode =
  /** This machine is no Linux, or refuses private namespaces. */
  | "not-possible-here"
  /** A program or library that the reader needs can be neither found nor fetched. */
  | "packages-missing"
  | "pcscd-failed"
  | "already-running"
  /** It ended, or never ran. */
  | "reader-gone"
  /** The reader runs and says why not. */
  | "refused"

/** What goes wrong with the virtual reader; the message says what to do. */
export class ReaderError extends Error {
  readonly code: ReaderErrorCode

  constructor(code: ReaderErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = "ReaderError"
    this.code = code
  }
}
