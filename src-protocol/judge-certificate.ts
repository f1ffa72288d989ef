import { authoritiesAbove, isSelfIssued } from "./authorities-path.ts"
import { isStrongIdentifier } from "./algorithm-identifier.ts"
import { hexOf } from "./bytes.ts"
import type { Certificate } from "./certificate.ts"
import { checkChain } from "./check-chain.ts"
import { revocationOf, type Revocation, type RevocationStatus } from "./check-revocation.ts"
import {
  checkKeyUsage,
  checkPassType,
  checkPolicy,
  checkProfession,
  checkQcStatements,
  checkUziName,
  checkUziNumber,
  type CertificateUse,
} from "./check-uzi-certificate.ts"
import type { CryptoPort } from "./crypto-port.ts"
import { printDistinguishedName } from "./distinguished-name.ts"
import { ProtocolError } from "./errors.ts"
import { printInstant, type Instant } from "./instant.ts"
import { knownAuthoritiesOf } from "./known-authorities.ts"
import { isStrongKey } from "./public-key.ts"
import { asCode } from "./read-signed-data.ts"
import { REFUSAL_REASONS, type RefusalReason } from "./reasons.ts"
import { identifySigner, type SignerIdentity } from "./signer-identity.ts"
import type { IssuingAuthority, TrustProfile } from "./uzi/trust-profile.ts"
import type { PassType } from "./uzi/uzi-name.ts"

/** What a certificate is held against. */
export interface CertificateFacts {
  readonly crypto: CryptoPort
  readonly trust: TrustProfile
  /** The moment for which the question is asked. */
  readonly at: Instant
  readonly revocation: Revocation
  /** Of the list of the authority that issues passes; see `DEFAULT_MAXIMUM_CRL_AGE`. */
  readonly maximumCrlAgeMilliseconds: number
}

export interface Refused {
  readonly is: "refused"
  readonly reason: RefusalReason
  /** For the developer and the desk's log: where and why. */
  readonly detail: string
  /** Who signed, as far as the certificate could be believed. */
  readonly signer?: SignerIdentity
}

export type CertificateVerdict = { readonly is: "accepted"; readonly signer: SignerIdentity } | Refused

/**
 * Judges a certificate of a pass for one use, by the rules and in the order of `verifyAuthorisation`.
 * `chain` has the leaf first, then authorities in any order; those of the trust profile fill gaps.
 * Never throws for what the certificates hold.
 */
export async function judgeCertificate(
  chain: readonly Uint8Array[],
  use: CertificateUse,
  facts: CertificateFacts,
): Promise<CertificateVerdict> {
  return orRefused(async (believe) => {
    const [leaf, ...others] = asCode("untrusted-chain", () =>
      [...chain, ...facts.trust.intermediates].map((der) => knownAuthoritiesOf(facts.crypto).read(der)),
    )
    if (leaf === undefined) throw new ProtocolError("untrusted-chain", "there is no certificate")
    checkAlgorithms(leaf)
    const authorities = authoritiesBelowAnchor(leaf, others)
    return { is: "accepted", signer: await checkCertificate(leaf, authorities, use, facts, { believe }) }
  })
}

function authoritiesBelowAnchor(leaf: Certificate, others: readonly Certificate[]): readonly Certificate[] {
  const known = new Map(others.map((certificate) => [hexOf(certificate.der), certificate]))
  return authoritiesAbove(leaf, [...known.values()]).filter((certificate) => !isSelfIssued(certificate))
}

/** Turns a thrown reason into a refusal. `believe` notes whom the refusal may name from then on. */
export async function orRefused<T>(
  judge: (believe: (signer: SignerIdentity) => void) => Promise<T>,
): Promise<T | Refused> {
  let signer: SignerIdentity | undefined
  try {
    return await judge((identity) => {
      signer = identity
    })
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    const reason = REFUSAL_REASONS.find((known) => known === cause.code)
    if (reason === undefined) throw cause
    return { is: "refused", reason, detail: cause.message, ...(signer === undefined ? {} : { signer }) }
  }
}

/** Throws `weak-algorithm` unless the certificate's key and the signature on it are of the kinds we take. */
export function checkAlgorithms(leaf: Certificate): void {
  if (!isStrongKey(leaf.publicKey))
    throw new ProtocolError("weak-algorithm", "the signer's key is not one we take")
  if (!isStrongIdentifier(leaf.signatureIdentifier)) {
    throw new ProtocolError(
      "weak-algorithm",
      "the signer's certificate is signed by an algorithm we do not take",
    )
  }
}

interface Steps {
  /** Called once the chain is proven. */
  readonly believe: (signer: SignerIdentity) => void
  /** The check of the signing time, which has its place between issuer and validity. */
  readonly checkSigningTime?: () => void
}

/**
 * Chain, issuing authority, signing time, validity, revocation, key usage, policy, QC statements, UZI name, pass type and
 * profession, in this order; throws the reason. `authorities` are nearest first, without the root. Answers who it is.
 */
export async function checkCertificate(
  leaf: Certificate,
  authorities: readonly Certificate[],
  use: CertificateUse,
  facts: CertificateFacts,
  { believe, checkSigningTime }: Steps,
): Promise<SignerIdentity> {
  const { crypto, trust, at } = facts
  const path = await checkChain(crypto, leaf, authorities, trust.anchors, at)
  const statuses = await authorityStatuses(path, facts)
  checkAuthoritiesNotRevoked(statuses)
  const issuedType = await checkIssuingAuthority(crypto, path, trust)
  const signer = await identifySigner(crypto, leaf)
  believe(signer)
  checkSigningTime?.()
  checkValidity(leaf, at)
  await checkNotRevoked(leaf, path, statuses, facts)
  checkKeyUsage(leaf, use)
  checkPolicy(leaf, use, trust.environment)
  if (use === "signature" && trust.environment.requiresQcStatements) checkQcStatements(leaf)
  const name = checkUziName(leaf, trust.environment)
  checkUziNumber(leaf, name)
  checkPassType(name, issuedType, trust.environment)
  checkProfession(name, at)
  return signer
}

type CertificateStatus = readonly [Certificate, RevocationStatus]

/** An authority that an authentic list revokes is a fault of the chain; an unknown status is asked about later. */
function checkAuthoritiesNotRevoked(statuses: readonly CertificateStatus[]): void {
  for (const [authority, status] of statuses) {
    if (status.is !== "revoked") continue
    const name = printDistinguishedName(authority.subject)
    throw new ProtocolError("untrusted-chain", `${name}: it was revoked on ${printInstant(status.since)}`)
  }
}

async function authorityStatuses(
  path: readonly Certificate[],
  { crypto, revocation, at }: CertificateFacts,
): Promise<readonly CertificateStatus[]> {
  const links = path.flatMap((authority, i) => {
    const issuer = path[i + 1]
    return issuer === undefined ? [] : [{ authority, issuer }]
  })
  return Promise.all(
    links.map(async ({ authority, issuer }): Promise<CertificateStatus> => [
      authority,
      await asyncAsCode(() => revocationOf(crypto, authority, issuer, revocation, at)),
    ]),
  )
}

async function asyncAsCode<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    throw new ProtocolError("untrusted-chain", cause.message, { cause })
  }
}

async function spkiSha256Of(
  crypto: Pick<CryptoPort, "digest">,
  { spki, found }: Certificate,
): Promise<string> {
  found.spkiSha256 ??= hexOf(await crypto.digest("sha-256", spki))
  return found.spkiSha256
}

async function checkIssuingAuthority(
  crypto: Pick<CryptoPort, "digest">,
  path: readonly Certificate[],
  trust: TrustProfile,
): Promise<PassType> {
  const [issuer] = path
  if (issuer === undefined) throw new ProtocolError("untrusted-chain", "the chain is empty")
  const spkiSha256 = await spkiSha256Of(crypto, issuer)
  const subject = () => printDistinguishedName(issuer.subject)
  const known = trust.issuingAuthorities.find(({ knownBy }: IssuingAuthority) =>
    "spkiSha256" in knownBy ? knownBy.spkiSha256 === spkiSha256 : knownBy.subject === subject(),
  )
  if (known?.passType !== "Z") {
    throw new ProtocolError("wrong-issuing-ca", `${subject()} does not issue passes of care providers`)
  }
  return known.passType
}

function checkValidity(leaf: Certificate, at: Instant): void {
  if (at < leaf.notBefore) {
    throw new ProtocolError("certificate-not-yet-valid", `valid from ${printInstant(leaf.notBefore)}`)
  }
  if (at > leaf.notAfter)
    throw new ProtocolError("certificate-expired", `valid until ${printInstant(leaf.notAfter)}`)
}

async function checkNotRevoked(
  leaf: Certificate,
  path: readonly Certificate[],
  statuses: readonly CertificateStatus[],
  facts: CertificateFacts,
): Promise<void> {
  const [issuer] = path
  if (issuer === undefined) throw new ProtocolError("untrusted-chain", "the chain is empty")
  const { crypto, revocation, at, maximumCrlAgeMilliseconds } = facts
  const own = await asyncAsCode(() =>
    revocationOf(crypto, leaf, issuer, revocation, at, maximumCrlAgeMilliseconds),
  )
  if (own.is === "revoked") {
    throw new ProtocolError("certificate-revoked", `revoked on ${printInstant(own.since)}`)
  }
  for (const [certificate, status] of [[leaf, own] as const, ...statuses]) {
    if (status.is !== "unknown") continue
    const name = printDistinguishedName(certificate.subject)
    throw new ProtocolError("revocation-unknown", `${name}: ${status.because}`)
  }
}
