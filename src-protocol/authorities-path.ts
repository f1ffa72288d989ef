import { equalBytes } from "./bytes.ts"
import type { Certificate } from "./certificate.ts"
import { ProtocolError } from "./errors.ts"
import { asCode } from "./read-signed-data.ts"

/** Whether a certificate says of itself that its issuer is its subject, as a root does. */
export function isSelfIssued(certificate: Certificate): boolean {
  return equalBytes(certificate.issuer.der, certificate.subject.der)
}

/**
 * The authorities above `leaf` among `candidates`, nearest first, by name: each is the issuer of the one before.
 * Names say nothing about who signed; that is checked by `check-chain.ts`. Ends where no issuer is found or a root is met.
 */
export function authoritiesAbove(
  leaf: Certificate,
  candidates: readonly Certificate[],
): readonly Certificate[] {
  const path: Certificate[] = []
  let current = leaf
  while (!isSelfIssued(current) && path.length <= candidates.length) {
    const next = likeliestIssuer(
      current,
      candidates.filter((candidate) => !path.includes(candidate)),
    )
    if (next === undefined) return path
    path.push(next)
    current = next
  }
  return path
}

/** By name; among several of one name (a re-signed twin, a look-alike) the one whose key the child names. */
function likeliestIssuer(child: Certificate, candidates: readonly Certificate[]): Certificate | undefined {
  const named = candidates.filter((candidate) => equalBytes(candidate.subject.der, child.issuer.der))
  return named.find((candidate) => seemsToAgree(child, candidate)) ?? named[0]
}

/** An identifier that cannot be read is a fault of the chain, and told where that has its place in the order of reasons. */
function seemsToAgree(child: Certificate, candidate: Certificate): boolean {
  try {
    return keyIdentifiersAgree(child, candidate)
  } catch (cause) {
    if (cause instanceof ProtocolError) return false
    throw cause
  }
}

/**
 * Whether the key that the child names as its issuer's (authorityKeyIdentifier) can be that of the parent;
 * true where one of the two does not say. Throws `untrusted-chain` where one cannot be read.
 */
export function keyIdentifiersAgree(child: Certificate, parent: Certificate): boolean {
  return asCode("untrusted-chain", () => {
    const identifier = child.says.authorityKeyIdentifier()
    const own = subjectKeyIdentifierOf(parent)
    return identifier === undefined || own === undefined || equalBytes(identifier, own)
  })
}

/** The subjectKeyIdentifier of a certificate, where it has one; throws `malformed-der`. */
export function subjectKeyIdentifierOf(certificate: Certificate): Uint8Array | undefined {
  return certificate.says.subjectKeyIdentifier()
}

/**
 * The authorities in a package, nearest first. A package holds the signer's certificate, every intermediate, not the root
 * and nothing else; throws `malformed-cms` where one is superfluous.
 */
export function authoritiesInPackage(
  signer: Certificate,
  certificates: readonly Certificate[],
): readonly Certificate[] {
  const others = certificates.filter((certificate) => certificate !== signer)
  const path = authoritiesAbove(signer, others)
  if (path.length !== others.length)
    throw new ProtocolError("malformed-cms", "the package holds a superfluous certificate")
  if (path.some((certificate) => isSelfIssued(certificate))) {
    throw new ProtocolError("malformed-cms", "the package holds a root certificate")
  }
  return path
}
