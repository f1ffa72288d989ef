/** The reasons for which judging refuses a package, in the order in which they are checked. */
export const JUDGING_REASONS = [
  "malformed-smime",
  "malformed-cms",
  "multiple-signers",
  "weak-algorithm",
  "bad-signed-attributes",
  "bad-signature",
  "malformed-statement",
  "untrusted-chain",
  "wrong-issuing-ca",
  "signing-time-implausible",
  "certificate-not-yet-valid",
  "certificate-expired",
  "certificate-revoked",
  "revocation-unknown",
  "wrong-key-usage",
  "wrong-policy",
  "missing-qc-statements",
  "not-a-uzi-certificate",
  "uzi-number-mismatch",
  "wrong-pass-type",
  "profession-not-article-3",
] as const

/** What the caller of judging compares with what it knows itself; checked after all of the above, in this order. */
export const MISMATCH_REASONS = [
  "hash-mismatch",
  "reference-mismatch",
  "confirmation-mismatch",
  "signer-mismatch",
] as const

/** What only a publication can be refused for. */
export const PUBLICATION_REASONS = [
  "malformed-opaque",
  "implausible-day",
  "not-accepted",
  "already-published",
] as const

/** Every reason there is: the closed list of protocol.md. */
export const REFUSAL_REASONS = [...JUDGING_REASONS, ...MISMATCH_REASONS, ...PUBLICATION_REASONS] as const

export type JudgingReason = (typeof JUDGING_REASONS)[number]
export type MismatchReason = (typeof MISMATCH_REASONS)[number]
export type PublicationReason = (typeof PUBLICATION_REASONS)[number]
export type RefusalReason = (typeof REFUSAL_REASONS)[number]

/**
 * The reasons that time or a network can cure: the phone keeps everything and tries again, the backend answers 503
 * or keeps the package, and nobody is told that the signature is wrong.
 */
export const PASSING_REASONS: ReadonlySet<RefusalReason> = new Set<RefusalReason>([
  "revocation-unknown",
  "certificate-not-yet-valid",
  "signing-time-implausible",
])
