import { signatureAlgorithmOf } from "./algorithm-identifier.ts"
import { keyIdentifiersAgree } from "./authorities-path.ts"
import { equalBytes } from "./bytes.ts"
import type { Certificate } from "./certificate.ts"
import type { CryptoPort } from "./crypto-port.ts"
import { printDistinguishedName } from "./distinguished-name.ts"
import { ProtocolError } from "./errors.ts"
import { EXTENSION, extensionOf, KEY_USAGE } from "./extensions.ts"
import type { Instant } from "./instant.ts"
import { knownAuthoritiesOf, readAnchor } from "./known-authorities.ts"
import { isStrongKey } from "./public-key.ts"
import { asCode } from "./read-signed-data.ts"

/**
 * The certification path (RFC 5280 section 6), for the narrow case of a known root and a handful of authorities.
 * Facts are handed in; every fault of an authority, and of the link between two certificates, is `untrusted-chain`.
 */
const CRITICAL_IN_LEAF: ReadonlySet<string> = new Set([
  EXTENSION.basicConstraints,
  EXTENSION.keyUsage,
  EXTENSION.extendedKeyUsage,
  EXTENSION.certificatePolicies,
  EXTENSION.subjectAltName,
])
const CRITICAL_IN_AUTHORITY: ReadonlySet<string> = new Set([EXTENSION.basicConstraints, EXTENSION.keyUsage])

function untrusted(certificate: Certificate, what: string): ProtocolError {
  return new ProtocolError("untrusted-chain", `${printDistinguishedName(certificate.subject)}: ${what}`)
}

/**
 * Checks that `leaf` leads over `authorities` (nearest first, without the root) to one of `anchors` (DER) at `at`.
 * Answers the authorities with the root as their last. Throws `untrusted-chain`.
 */
export async function checkChain(
  crypto: Pick<CryptoPort, "verifySignature">,
  leaf: Certificate,
  authorities: readonly Certificate[],
  anchors: readonly Uint8Array[],
  at: Instant,
): Promise<readonly Certificate[]> {
  const top = authorities.at(-1) ?? leaf
  const known = knownAuthoritiesOf(crypto)
  const anchor = await findAnchor(crypto, top, anchors)
  const path = [...authorities, anchor]
  asCode("untrusted-chain", () => {
    checkVersionAndCritical(leaf, CRITICAL_IN_LEAF)
    for (const [below, authority] of path.entries()) checkAuthority(authority, below, at)
  })
  let child = leaf
  for (const parent of authorities) {
    await checkIssued(crypto, child, parent)
    child = parent
  }
  for (const authority of authorities) known.keep(authority)
  return path
}

async function findAnchor(
  crypto: Pick<CryptoPort, "verifySignature">,
  top: Certificate,
  anchors: readonly Uint8Array[],
): Promise<Certificate> {
  const named = anchors
    .map((anchor) => readAnchor(anchor))
    .filter((anchor) => equalBytes(anchor.subject.der, top.issuer.der))
  const [first] = named
  if (first === undefined) throw untrusted(top, "its issuer is not a root that we know, nor in the package")
  for (const anchor of named) {
    if (await isIssuedBy(crypto, top, anchor)) return anchor
  }
  throw untrusted(top, `it is not signed by ${printDistinguishedName(first.subject)}`)
}

async function checkIssued(
  crypto: Pick<CryptoPort, "verifySignature">,
  child: Certificate,
  parent: Certificate,
): Promise<void> {
  if (!(await isIssuedBy(crypto, child, parent))) {
    throw untrusted(child, `it is not signed by ${printDistinguishedName(parent.subject)}`)
  }
}

async function isIssuedBy(
  crypto: Pick<CryptoPort, "verifySignature">,
  child: Certificate,
  parent: Certificate,
): Promise<boolean> {
  const algorithm = signatureAlgorithmOf(child.signatureIdentifier, parent.publicKey)
  if (algorithm === undefined || !child.signatureIdentifiersAgree || !keyIdentifiersAgree(child, parent))
    return false
  const known = knownAuthoritiesOf(crypto)
  if (known.isProven(child, parent)) return true
  const good = await crypto.verifySignature(parent.spki, algorithm, child.tbs, child.signature)
  if (good) known.prove(child, parent)
  return good
}

function checkVersionAndCritical(certificate: Certificate, known: ReadonlySet<string>): void {
  if (certificate.version !== 3) throw untrusted(certificate, "it is not an X.509 version 3 certificate")
  const strange = certificate.extensions.find(({ oid, critical }) => critical && !known.has(oid))
  if (strange !== undefined) throw untrusted(certificate, `its critical extension ${strange.oid} is unknown`)
}

/** `below` is the number of authorities between this one and the leaf. */
function checkAuthority(authority: Certificate, below: number, at: Instant): void {
  checkVersionAndCritical(authority, CRITICAL_IN_AUTHORITY)
  if (!isStrongKey(authority.publicKey)) throw untrusted(authority, "its key is weak")
  if (at < authority.notBefore || at > authority.notAfter)
    throw untrusted(authority, "it is not valid at that time")
  const constraints = extensionOf(authority.extensions, EXTENSION.basicConstraints)
  if (constraints?.critical !== true) throw untrusted(authority, "it has no critical basicConstraints")
  const { authority: isAuthority = false, pathLength } = authority.says.basicConstraints() ?? {}
  if (!isAuthority) throw untrusted(authority, "it is not a certificate of an authority")
  if (pathLength !== undefined && pathLength < below)
    throw untrusted(authority, "its path length is exceeded")
  if (!keyUsageOf(authority).includes(KEY_USAGE.keyCertSign))
    throw untrusted(authority, "it may not sign certificates")
}

/** The bits of a certificate's keyUsage; none where the extension is absent. Throws `malformed-der`. */
export function keyUsageOf(certificate: Certificate): readonly number[] {
  return certificate.says.keyUsage() ?? []
}
