/** Why a store cannot be opened, or does not hold what it should. */
export type StoreErrorCode = "schema-too-new" | "schema-damaged" | "unreadable" | "in-use" | "closed"

export class StoreError extends Error {
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = "StoreError"
    this.code = code
  }
}
