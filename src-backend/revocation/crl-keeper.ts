import { compareBytes, hexOf } from "../../src-protocol/bytes.ts"
import { readCertificate, type Certificate } from "../../src-protocol/certificate.ts"
import { subjectKeyIdentifierOf } from "../../src-protocol/authorities-path.ts"
import { isSignedBy, type Revocation } from "../../src-protocol/check-revocation.ts"
import { readCrl, type RevocationList } from "../../src-protocol/crl.ts"
import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import type { TrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import type { KeptRevocationList } from "../store/records/revocation-lists.ts"
import type { Store } from "../store/store.ts"

/** What became of a list that was offered. */
export type CrlOutcome =
  "taken" | "unchanged" | "unreadable" | "without-number" | "not-of-our-authorities" | "older"

/** Keeps the newest revocation list of each authority, across restarts; never goes back to an older one. */
export interface CrlKeeper {
  offer(der: Uint8Array): Promise<CrlOutcome>
  find(issuerKeyId: string): Uint8Array | undefined
  /** What judging is handed. */
  revocation(checkedAt: Instant): Revocation
  /** Authorities whose list has run out at `now` or was never seen, and how many authorities there are. */
  missing(now: Instant): { readonly stale: number; readonly authorities: number }
}

interface Authority {
  readonly keyId: string
  readonly certificate: Certificate
}

/** Opens the keeper over the lists that the store has; authorities are those of the trust profiles. */
export async function openCrlKeeper(
  crypto: CryptoPort,
  store: Store,
  profiles: readonly TrustProfile[],
): Promise<CrlKeeper> {
  const authorities = authoritiesOf(profiles)
  const kept = new Map<string, KeptRevocationList>()
  for (const list of await store.transaction((records) => records.revocationLists.all()))
    kept.set(list.issuerKeyId, list)
  return {
    async offer(der) {
      const judged = await judgeList(crypto, authorities, kept, der)
      if (typeof judged === "string") return judged
      await store.transaction((records) => records.revocationLists.save(judged))
      kept.set(judged.issuerKeyId, judged)
      return "taken"
    },
    find: (issuerKeyId) => kept.get(issuerKeyId)?.content,
    revocation: (checkedAt) => ({
      crls: [...kept.values()].map((list) => list.content),
      checkedAt,
      lowestNumbers: new Map([...kept.values()].map((list) => [list.issuerKeyId, list.number])),
    }),
    missing(now) {
      const keyIds = new Set(authorities.map((authority) => authority.keyId))
      const stale = [...keyIds].filter((keyId) => !isCurrent(kept.get(keyId), now))
      return { stale: stale.length, authorities: keyIds.size }
    },
  }
}

function authoritiesOf(profiles: readonly TrustProfile[]): readonly Authority[] {
  return profiles
    .flatMap((profile) => [...profile.anchors, ...profile.intermediates])
    .flatMap((der) => {
      const certificate = readCertificate(der)
      const keyId = subjectKeyIdentifierOf(certificate)
      return keyId === undefined ? [] : [{ keyId: hexOf(keyId), certificate }]
    })
}

async function judgeList(
  crypto: CryptoPort,
  authorities: readonly Authority[],
  kept: ReadonlyMap<string, KeptRevocationList>,
  der: Uint8Array,
): Promise<KeptRevocationList | Exclude<CrlOutcome, "taken">> {
  if ([...kept.values()].some((list) => compareBytes(list.content, der) === 0)) return "unchanged"
  const list = readIfReadable(der)
  if (list === undefined) return "unreadable"
  if (list.number === undefined) return "without-number"
  const issuerKeyId = await issuerOf(crypto, authorities, list)
  if (issuerKeyId === undefined) return "not-of-our-authorities"
  const known = kept.get(issuerKeyId)
  if (known !== undefined && isOlder({ ...list, number: list.number }, known)) return "older"
  return { issuerKeyId, number: list.number, content: der }
}

function readIfReadable(der: Uint8Array): RevocationList | undefined {
  try {
    return readCrl(der)
  } catch {
    // Whatever is wrong with it, the list that is kept stays.
    return undefined
  }
}

async function issuerOf(
  crypto: CryptoPort,
  authorities: readonly Authority[],
  list: RevocationList,
): Promise<string | undefined> {
  for (const { keyId, certificate } of authorities) {
    const sameName = compareBytes(certificate.subject.der, list.issuer.der) === 0
    if (sameName && (await isSignedBy(crypto, list, certificate))) return keyId
  }
  return undefined
}

function isOlder(
  list: { readonly number: bigint; readonly thisUpdate: Instant },
  known: KeptRevocationList,
): boolean {
  if (list.number !== known.number) return list.number < known.number
  return list.thisUpdate < readCrl(known.content).thisUpdate
}

function isCurrent(list: KeptRevocationList | undefined, now: Instant): boolean {
  if (list === undefined) return false
  const { nextUpdate } = readCrl(list.content)
  return nextUpdate !== undefined && nextUpdate >= now
}
