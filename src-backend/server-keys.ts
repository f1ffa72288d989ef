import { asciiBytes, concatBytes } from "../src-protocol/bytes.ts"
import type { CryptoPort } from "../src-protocol/crypto-port.ts"
import { encodeStatement, type Statement } from "../src-protocol/statement.ts"
import type { Store } from "./store/store.ts"

/**
 * What the backend derives under its own secrets. The same input always gives the same value, so a call that is
 * repeated gets the same answer; without the secret, which lives in the store alone, none of them says anything.
 */
export interface ServerKeys {
  /** Opens the events of one attempt at one disclosure: the next signer's token is another. */
  statusToken(disclosureId: string, attempt: number): Promise<Uint8Array>
  /** Knows a package again. Not its SHA-256, by which `accepted` could be linked to a disclosure. */
  packageTag(authorisation: Uint8Array): Promise<Uint8Array>
  /** Knows a statement again. */
  statementTag(statement: Statement): Promise<Uint8Array>
}

const SECRET_BYTES = 32
const SETTING = "server-secret"

/** The keys of this store; the first time they are drawn and kept. */
export async function openServerKeys(store: Store, crypto: CryptoPort): Promise<ServerKeys> {
  const secret = await store.transaction(async ({ settings }) => {
    const known = await settings.find(SETTING)
    if (known !== undefined) return known
    const drawn = crypto.randomBytes(SECRET_BYTES)
    await settings.save(SETTING, drawn)
    return drawn
  })
  const derive = (use: string, bytes: Uint8Array) =>
    crypto.hmacSha256(secret, concatBytes(asciiBytes(`${use}:`), bytes))
  return {
    statusToken: (disclosureId, attempt) => derive("status-token", asciiBytes(`${disclosureId}:${attempt}`)),
    packageTag: (authorisation) => derive("package", authorisation),
    statementTag: (statement) => derive("statement", encodeStatement(statement)),
  }
}
