import { signatureAlgorithmOf } from "./algorithm-identifier.ts"
import { equalBytes, hexOf } from "./bytes.ts"
import type { Certificate } from "./certificate.ts"
import { subjectKeyIdentifierOf } from "./authorities-path.ts"
import { keyUsageOf } from "./check-chain.ts"
import { readCrl, type RevocationList } from "./crl.ts"
import type { CryptoPort } from "./crypto-port.ts"
import { ProtocolError } from "./errors.ts"
import { KEY_USAGE } from "./extensions.ts"
import { HOUR, MINUTE, type Instant } from "./instant.ts"

/** What the judging machine knows about revocation. */
export interface Revocation {
  /** DER revocation lists, in any order; lists of strangers are passed over. */
  readonly crls: readonly Uint8Array[]
  /** Now, at the judging machine: against it the lists must be fresh. */
  readonly checkedAt: Instant
  /** The highest cRLNumber seen so far, by issuerKeyId: an older list is not taken. */
  readonly lowestNumbers?: ReadonlyMap<string, bigint>
}

export type RevocationStatus =
  | { readonly is: "good" }
  | { readonly is: "revoked"; readonly since: Instant }
  | { readonly is: "unknown"; readonly because: string }

/** How old the list of the authority that issues passes may be, unless set otherwise. */
export const DEFAULT_MAXIMUM_CRL_AGE = 6 * HOUR
/** By how much the clocks of an authority and of the judging machine may differ. */
const CLOCK_TOLERANCE = 10 * MINUTE

function unknown(because: string): RevocationStatus {
  return { is: "unknown", because }
}

/**
 * Whether `issuer` has revoked `certificate` (RFC 5280 section 6.3, full direct lists only). A date up to `at` revokes,
 * on hold too; a later one does not undo what was signed before. `maximumAge` binds besides nextUpdate.
 */
export async function revocationOf(
  crypto: Pick<CryptoPort, "verifySignature">,
  certificate: Certificate,
  issuer: Certificate,
  { crls, checkedAt, lowestNumbers }: Revocation,
  at: Instant,
  maximumAge = Number.POSITIVE_INFINITY,
): Promise<RevocationStatus> {
  const lists = await authenticLists(crypto, issuer, crls)
  const newest = newestOf(lists)
  if (newest === undefined) {
    return unknown(
      lists.length === 0 ? "there is no list of its issuer" : "the issuer's list is indirect, partial or odd",
    )
  }
  const since = newest.revoked.get(certificate.serialNumber)
  // An authentic list that names the certificate is proof enough, however old it is.
  if (since !== undefined && since <= at) return { is: "revoked", since }
  const fault = whyNotFresh(newest, checkedAt, maximumAge) ?? whyTooOldANumber(newest, issuer, lowestNumbers)
  return fault === undefined ? { is: "good" } : unknown(fault)
}

const authentic = new WeakMap<Uint8Array, Uint8Array>()

async function authenticLists(
  crypto: Pick<CryptoPort, "verifySignature">,
  issuer: Certificate,
  crls: readonly Uint8Array[],
): Promise<readonly RevocationList[]> {
  const lists: RevocationList[] = []
  for (const der of crls) {
    const list = readableList(der)
    if (
      list !== undefined &&
      equalBytes(list.issuer.der, issuer.subject.der) &&
      // Nothing is waited for where nothing must be: a verdict asks for each of its authorities.
      (isKnownOf(list, issuer) || (await isSignedBy(crypto, list, issuer)))
    ) {
      lists.push(list)
    }
  }
  return lists
}

function readableList(der: Uint8Array): RevocationList | undefined {
  try {
    return readCrl(der)
  } catch (cause) {
    if (cause instanceof ProtocolError) return undefined
    throw cause
  }
}

/** Whether `list` carries the signature of `issuer`, who may sign lists. */
export async function isSignedBy(
  crypto: Pick<CryptoPort, "verifySignature">,
  list: RevocationList,
  issuer: Certificate,
): Promise<boolean> {
  if (isKnownOf(list, issuer)) return true
  if (!mayIssue(list, issuer)) return false
  const algorithm = signatureAlgorithmOf(list.signatureIdentifier, issuer.publicKey)
  if (algorithm === undefined || !list.signatureIdentifiersAgree) return false
  const good = await crypto.verifySignature(issuer.spki, algorithm, list.tbs, list.signature)
  if (good) authentic.set(list.der, issuer.spki)
  return good
}

/** Lists are large: one that this key has verified is not verified again while the same bytes are kept. */
function isKnownOf(list: RevocationList, issuer: Certificate): boolean {
  const knownKey = authentic.get(list.der)
  // Whether it may issue is asked each time: two certificates of one key need not allow the same.
  return knownKey !== undefined && equalBytes(knownKey, issuer.spki) && mayIssue(list, issuer)
}

function mayIssue(list: RevocationList, issuer: Certificate): boolean {
  const own = subjectKeyIdentifierOf(issuer)
  const wanted = list.authorityKeyIdentifier
  const sameKey = own === undefined || wanted === undefined || equalBytes(own, wanted)
  return sameKey && keyUsageOf(issuer).includes(KEY_USAGE.cRLSign)
}

const DELTA_CRL_INDICATOR = "2.5.29.27"
const ISSUING_DISTRIBUTION_POINT = "2.5.29.28"

/** A full, direct, numbered list without anything critical: the only kind that says what we need. */
function isPlain(list: RevocationList): boolean {
  const strange = list.extensions.some(
    ({ oid, critical }) => critical || oid === DELTA_CRL_INDICATOR || oid === ISSUING_DISTRIBUTION_POINT,
  )
  return !strange && !list.hasOddEntry && list.number !== undefined
}

/** Of the plain ones that with the highest number; the first of several with one number. */
function newestOf(lists: readonly RevocationList[]): RevocationList | undefined {
  let newest: RevocationList | undefined
  for (const list of lists) {
    if (isPlain(list) && (newest === undefined || (list.number ?? 0n) > (newest.number ?? 0n))) newest = list
  }
  return newest
}

function whyNotFresh(list: RevocationList, checkedAt: Instant, maximumAge: number): string | undefined {
  if (list.thisUpdate > checkedAt + CLOCK_TOLERANCE) return "the issuer's list is from the future"
  if (list.nextUpdate === undefined || list.nextUpdate < checkedAt) return "the issuer's list has run out"
  if (checkedAt - list.thisUpdate > maximumAge) return "the issuer's list is too old"
  return undefined
}

function whyTooOldANumber(
  list: RevocationList,
  issuer: Certificate,
  lowestNumbers: ReadonlyMap<string, bigint> | undefined,
): string | undefined {
  const keyIdentifier = subjectKeyIdentifierOf(issuer)
  const lowest = keyIdentifier === undefined ? undefined : lowestNumbers?.get(hexOf(keyIdentifier))
  return lowest !== undefined && (list.number ?? 0n) < lowest
    ? "an older list than one seen before"
    : undefined
}
