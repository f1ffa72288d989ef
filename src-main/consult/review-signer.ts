import { DEFAULT_MAXIMUM_CRL_AGE } from "../../src-protocol/check-revocation.ts"
import { judgeCertificate } from "../../src-protocol/judge-certificate.ts"
import type { SignerIdentity } from "../../src-protocol/signer-identity.ts"
import { certificateFor, type Card } from "../card/read-card.ts"
import { judgedUnfit } from "../desk-problem.ts"
import { isSameSigner, type OutboxSigner } from "../outbox/outbox.ts"
import type { JudgingFacts } from "./sign-statement.ts"

/** The chain that the card's signature certificate would be sent with; throws `NO_SIGNATURE_CERTIFICATE`. */
export function signatureChain(card: Card): readonly Uint8Array[] {
  const { certificate, authorities } = certificateFor(card, "signature")
  return [certificate.der, ...authorities]
}

/**
 * Judges the signature certificate before a PIN is asked for: what backend and phone would refuse is told now.
 * Throws `JUDGED_UNFIT` with the reason; `signer-mismatch` where the card is not the one that signed in.
 */
export async function reviewSigner(
  card: Card,
  clinician: OutboxSigner,
  facts: JudgingFacts,
): Promise<SignerIdentity> {
  const verdict = await judgeCertificate(signatureChain(card), "signature", {
    ...facts,
    maximumCrlAgeMilliseconds: DEFAULT_MAXIMUM_CRL_AGE,
  })
  if (verdict.is === "refused") throw judgedUnfit(verdict)
  const { signer } = verdict
  if (isSameSigner(signer, clinician)) return signer
  const detail = "the signature certificate names another holder than the one who signed in"
  throw judgedUnfit({ is: "refused", reason: "signer-mismatch", detail })
}
