import { hashOfIdentifier, signatureAlgorithmOf } from "./algorithm-identifier.ts"
import { authoritiesInPackage } from "./authorities-path.ts"
import { equalBytes } from "./bytes.ts"
import type { HashAlgorithm, SignatureAlgorithm } from "./crypto-port.ts"
import { ProtocolError } from "./errors.ts"
import { MINUTE, printInstant, type Instant } from "./instant.ts"
import {
  checkAlgorithms,
  checkCertificate,
  orRefused,
  type CertificateFacts,
  type Refused,
} from "./judge-certificate.ts"
import { knownAuthoritiesOf } from "./known-authorities.ts"
import { readSignedData, type SignedDataView } from "./read-signed-data.ts"
import { checkSigningCertificate, readSignedAttributes, type SignedAttributes } from "./signed-attributes.ts"
import type { SignerIdentity } from "./signer-identity.ts"
import { unwrapSmime } from "./smime.ts"
import { decodeStatement } from "./statement.ts"

/** What an authorisation is held against. */
export interface Facts extends Omit<CertificateFacts, "maximumCrlAgeMilliseconds"> {
  readonly policy: Policy
}

export interface Policy {
  /** Between which moments, both included, the claimed signing time is plausible to the one who judges. */
  readonly signedBetween: readonly [Instant, Instant]
  /** Of the list of the authority that issues passes; see `DEFAULT_MAXIMUM_CRL_AGE`. */
  readonly maximumCrlAgeMilliseconds: number
}

/** By how much a claimed signing time may lie outside what the judge knows of the disclosure. */
export const SIGNING_TIME_TOLERANCE = 10 * MINUTE

export interface Authorised {
  readonly is: "authorised"
  /** 64 lower-case hex digits. */
  readonly hash: string
  /** The first six digits of the code. */
  readonly reference: string
  /** The last four. */
  readonly confirmation: string
  readonly signer: SignerIdentity
  /** The signer's claim. */
  readonly signedAt: Instant
}

export type Verdict = Authorised | Refused

/**
 * The one check of an authorisation: the same at the desk, at the backend and on the phone. Answers what a clinician
 * authorised, or the first of the closed list of reasons, in its order, for which nobody did. Never throws for what
 * `authorisation` holds; whoever asks compares hash, digits and signer with `compareAuthorisation`.
 */
export async function verifyAuthorisation(authorisation: Uint8Array, facts: Facts): Promise<Verdict> {
  return orRefused(async (believe) => {
    const known = knownAuthoritiesOf(facts.crypto)
    const view = readSignedData(unwrapSmime(authorisation), known.read)
    const authorities = authoritiesInPackage(view.signer, view.certificates)
    const algorithms = checkSignatureAlgorithms(view)
    const attributes = readSignedAttributes(view.signedAttributes)
    await checkSigningCertificate(facts.crypto, attributes, view.signer)
    await checkSignature(view, attributes, algorithms, facts)
    const { hash, code } = decodeStatement(view.content)
    const { maximumCrlAgeMilliseconds } = facts.policy
    const signer = await checkCertificate(
      view.signer,
      authorities,
      "signature",
      { ...facts, maximumCrlAgeMilliseconds },
      {
        believe,
        checkSigningTime: () => {
          checkSigningTime(attributes.signingTime, facts.policy)
        },
      },
    )
    return { is: "authorised", hash, ...code, signer, signedAt: attributes.signingTime }
  })
}

interface Algorithms {
  readonly digest: HashAlgorithm
  readonly signature: SignatureAlgorithm
}

function checkSignatureAlgorithms(view: SignedDataView): Algorithms {
  checkAlgorithms(view.signer)
  const digest = hashOfIdentifier(view.digestIdentifier)
  if (digest === undefined)
    throw new ProtocolError("weak-algorithm", "the digest algorithm is not one we take")
  const signature = signatureAlgorithmOf(view.signatureIdentifier, view.signer.publicKey, digest)
  if (signature === undefined) {
    throw new ProtocolError(
      "weak-algorithm",
      "the signature algorithm is not one we take, or not for this key or digest",
    )
  }
  return { digest, signature }
}

async function checkSignature(
  view: SignedDataView,
  attributes: SignedAttributes,
  { digest, signature }: Algorithms,
  { crypto }: Facts,
): Promise<void> {
  if (!equalBytes(await crypto.digest(digest, view.content), attributes.messageDigest)) {
    throw new ProtocolError("bad-signature", "the messageDigest attribute is not that of the content")
  }
  if (!(await crypto.verifySignature(view.signer.spki, signature, attributes.signedBytes, view.signature))) {
    throw new ProtocolError(
      "bad-signature",
      "the signature is not that of the signer's key over these attributes",
    )
  }
}

function checkSigningTime(signedAt: Instant, { signedBetween: [earliest, latest] }: Policy): void {
  if (signedAt < earliest || signedAt > latest) {
    const between = `${printInstant(earliest)} and ${printInstant(latest)}`
    throw new ProtocolError(
      "signing-time-implausible",
      `signed at ${printInstant(signedAt)}, not between ${between}`,
    )
  }
}

/** What the one who asks knows itself. What is absent is not compared. */
export interface Expected {
  readonly hash?: string
  readonly reference?: string
  readonly confirmation?: string
  readonly signer?: { readonly uziNumber: string; readonly subscriberNumber: string }
}

/** Holds an authorisation against what one knows oneself: the same verdict, or the first mismatch. */
export function compareAuthorisation(verdict: Verdict, expected: Expected): Verdict {
  if (verdict.is === "refused") return verdict
  const { signer } = verdict
  const mismatch = (reason: Refused["reason"], detail: string): Refused => ({
    is: "refused",
    reason,
    detail,
    signer,
  })
  if (expected.hash !== undefined && expected.hash !== verdict.hash) {
    return mismatch("hash-mismatch", "the signed hash is another one")
  }
  if (expected.reference !== undefined && expected.reference !== verdict.reference) {
    return mismatch("reference-mismatch", "the first six digits signed are others")
  }
  if (expected.confirmation !== undefined && expected.confirmation !== verdict.confirmation) {
    return mismatch("confirmation-mismatch", "the last four digits signed are others")
  }
  const { uziNumber, subscriberNumber } = expected.signer ?? signer
  if (uziNumber !== signer.uziNumber || subscriberNumber !== signer.subscriberNumber) {
    return mismatch("signer-mismatch", "another clinician signed than the one who signed in")
  }
  return verdict
}
