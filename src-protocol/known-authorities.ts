import { readCertificate, type Certificate } from "./certificate.ts"
import type { CryptoPort } from "./crypto-port.ts"
import { once } from "./once.ts"

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

const known = new WeakMap<Pick<CryptoPort, "verifySignature">, KnownAuthorities>()

/** The authorities known by what this cryptography has proven. */
export function knownAuthoritiesOf(crypto: Pick<CryptoPort, "verifySignature">): KnownAuthorities {
  const found = known.get(crypto) ?? createKnownAuthorities()
  known.set(crypto, found)
  return found
}

interface Kept {
  /** A copy: a certificate is a view on bytes that belong to whoever handed them in. */
  readonly der: Uint8Array
  /** Read when the authority comes back. */
  readonly certificate: () => Certificate
  /** Whose key has signed it, as far as that was seen. */
  issuer: Certificate | undefined
}

function createKnownAuthorities(): KnownAuthorities {
  // The youngest stands last.
  const kept: Kept[] = []
  const find = (der: Uint8Array) => kept.find((authority) => isSame(authority.der, der))
  return {
    read: (der) => find(der)?.certificate() ?? readCertificate(der),
    keep({ der }) {
      if (find(der) !== undefined) return
      const copy = Uint8Array.from(der)
      kept.push({ der: copy, certificate: once(() => readCertificate(copy)), issuer: undefined })
      if (kept.length > MOST) kept.shift()
    },
    isProven: (child, parent) => kept.some(({ der, issuer }) => der === child.der && issuer === parent),
    prove(child, parent) {
      const authority = kept.find(({ der }) => der === child.der)
      if (authority !== undefined) authority.issuer = parent
    },
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  // From the end: two certificates begin alike and end in their signatures.
  for (let i = a.length - 1; i >= 0; i--) if (a[i] !== b[i]) return false
  return true
}

const anchors = new WeakMap<Uint8Array, Certificate>()

/** A root of a trust profile; the same `Uint8Array` is read once. Throws `malformed-certificate`. */
export function readAnchor(der: Uint8Array): Certificate {
  const anchor = anchors.get(der) ?? readCertificate(der)
  anchors.set(der, anchor)
  return anchor
}
