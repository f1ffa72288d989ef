import type { RefusalReason } from "../../src-protocol/reasons.ts"

/** The reason where there is one, to be spread into what has it as an optional field. */
export function reasonOf({ reason }: { readonly reason?: RefusalReason | undefined }): {
  readonly reason?: RefusalReason
} {
  return reason === undefined ? {} : { reason }
}
