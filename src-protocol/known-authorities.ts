import { equalBytes } from "./bytes.ts"
import { readCertificate, type Certificate } from "./certificate.ts"
import type { CryptoPort } from "./crypto-port.ts"

/**
 * Authorities that led to a root lately, and which of them was seen to have signed which. Every package brings the same
 * few along: they are read, and their signatures checked, once. What is kept is what bytes say and what a signature proves,
 * which no time changes; validity, constraints, revocation and trust are asked anew in each verdict.
 * Only certificates of a proven chain come in, so that a stranger's packages push nobody out.
 */
export interface KnownAuthorities {
  /** The certificate in these bytes: the one that is kept, else newly read. Throws `malformed-certificate`. */
  readonly read: (der: Uint8Array) => Certificate
  /** Keeps an authority of a proven chain. */
  keep(authority: Certificate): void
  isProven(child: Certificate, parent: Certificate): boolean
  /** Notes that the key of `parent` has signed `child`; nothing is noted of a certificate that is not kept. */
  prove(child: Certificate, parent: Certificate): void
}

const MOST = 32
/** A certificate ends in its signature: no two have the same end, but by an attempt, which the rest of the bytes tell apart. */
const LAST_BYTES = 4

const known = new WeakMap<Pick<CryptoPort, "verifySignature">, KnownAuthorities>()

/** The authorities known by what this cryptography has proven. */
export function knownAuthoritiesOf(crypto: Pick<CryptoPort, "verifySignature">): KnownAuthorities {
  const found = known.get(crypto) ?? createKnownAuthorities()
  known.set(crypto, found)
  return found
}

function createKnownAuthorities(): KnownAuthorities {
  // The youngest stands last.
  const kept: Certificate[] = []
  const issuers = new WeakMap<Certificate, Certificate>()
  const find = (der: Uint8Array) => kept.find((authority) => isSame(authority.der, der))
  return {
    read: (der) => find(der) ?? readCertificate(der),
    keep(authority) {
      if (kept.includes(authority) || find(authority.der) !== undefined) return
      // A copy: a certificate is a view on bytes that belong to whoever handed them in.
      kept.push(readCertificate(Uint8Array.from(authority.der)))
      if (kept.length > MOST) kept.shift()
    },
    isProven: (child, parent) => issuers.get(child) === parent,
    prove(child, parent) {
      if (kept.includes(child)) issuers.set(child, parent)
    },
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = a.length - LAST_BYTES; i < a.length; i++) if (a[i] !== b[i]) return false
  return equalBytes(a, b)
}

const anchors = new WeakMap<Uint8Array, Certificate>()

/** A root of a trust profile; the same `Uint8Array` is read once. Throws `malformed-certificate`. */
export function readAnchor(der: Uint8Array): Certificate {
  const anchor = anchors.get(der) ?? readCertificate(der)
  anchors.set(der, anchor)
  return anchor
}
