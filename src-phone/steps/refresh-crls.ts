import { base64UrlOf, bytesOfBase64Url, equalBytes } from "../../src-protocol/bytes.ts"
import { readCertificate } from "../../src-protocol/certificate.ts"
import { isSignedBy } from "../../src-protocol/check-revocation.ts"
import { readCrl, type RevocationList } from "../../src-protocol/crl.ts"
import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import { dayOf } from "../../src-protocol/instant.ts"
import { isClockWrong, type PhoneContext } from "../phone-context.ts"
import { PhoneError } from "../phone-error.ts"
import { builtInAuthorities, type Authorities } from "../state/authorities.ts"
import { withoutExpired } from "../state/expiry.ts"
import type { Authority, PhoneState } from "../state/phone-state.ts"
import { withoutOldKeys } from "../state/seed.ts"
import type { LoadedState } from "../state/state-store.ts"

/** What a refresh brought: the authorities with their newest lists, and what went wrong first. */
export interface Refreshed {
  readonly authorities: Authorities
  readonly trouble?: PhoneError
  readonly clockDifference?: number
}

/**
 * The daily timer, disclosing or not, so that asking for lists tells nothing: fetches the list of every authority that
 * the phone knows, and, where the clock is right, forgets old day keys and what has expired.
 * Throws PhoneError where no list could be fetched; what was kept stays.
 */
export async function refreshCrls(context: PhoneContext): Promise<LoadedState> {
  const loaded = await context.store.load()
  const { state } = loaded
  const known = { ...builtInAuthorities(context.trust), ...state.authorities }
  const { authorities, trouble, clockDifference } = await fetchLists(context, known)
  const refreshed = { ...state, authorities }
  const clockIsRight = clockDifference !== undefined && !isClockWrong(clockDifference)
  const saved = await loaded.save(clockIsRight ? await withoutTheOld(context, refreshed) : refreshed)
  if (trouble !== undefined) throw trouble
  return saved
}

async function withoutTheOld(context: PhoneContext, state: PhoneState): Promise<PhoneState> {
  const now = context.clock()
  const current = withoutExpired(context.crypto, state, now)
  return { ...current, seed: await withoutOldKeys(context.crypto, current.seed, dayOf(now)) }
}

/**
 * Asks the backend for the list of each authority. A list is kept only when that authority's key signed it and its
 * number is no lower than one seen, so that nobody can make the phone forget a revocation, nor block it with a high number.
 */
export async function fetchLists(context: PhoneContext, known: Authorities): Promise<Refreshed> {
  let refreshed: Refreshed = { authorities: known }
  for (const [keyId, authority] of Object.entries(known)) {
    const { clockDifference, ...next } = await fetchList(context, keyId, authority)
    refreshed = {
      ...refreshed,
      authorities: { ...refreshed.authorities, [keyId]: next.authority },
      ...(clockDifference !== undefined && { clockDifference }),
      ...(refreshed.trouble === undefined && next.trouble !== undefined && { trouble: next.trouble }),
    }
  }
  return refreshed
}

interface Fetched {
  readonly authority: Authority
  readonly trouble?: PhoneError
  readonly clockDifference?: number
}

async function fetchList(context: PhoneContext, keyId: string, authority: Authority): Promise<Fetched> {
  try {
    const { bytes, ...clock } = await context.calls.crl(keyId)
    // A root, or an authority whose lists the backend does not have: judging says whether it is missed.
    if (bytes === undefined) return { authority, ...clock }
    return { authority: await withList(context.crypto, keyId, authority, bytes), ...clock }
  } catch (trouble) {
    if (!(trouble instanceof PhoneError)) throw trouble
    return { authority, trouble }
  }
}

async function withList(
  crypto: CryptoPort,
  keyId: string,
  authority: Authority,
  bytes: Uint8Array,
): Promise<Authority> {
  const list = readList(bytes)
  const issuer = readCertificate(bytesOfBase64Url(authority.certificate))
  const number = list.number ?? 0n
  if (!equalBytes(list.issuer.der, issuer.subject.der) || !(await isSignedBy(crypto, list, issuer))) {
    throw new PhoneError("wrong-answer", `the list of ${keyId} is not signed by it`)
  }
  if (number < BigInt(authority.lowestNumber ?? "0")) {
    throw new PhoneError("wrong-answer", `the list of ${keyId} is older than one seen before`)
  }
  return { ...authority, crl: base64UrlOf(bytes), lowestNumber: number.toString() }
}

function readList(bytes: Uint8Array): RevocationList {
  try {
    return readCrl(bytes)
  } catch (cause) {
    throw new PhoneError("wrong-answer", "a revocation list that cannot be read", { cause })
  }
}
