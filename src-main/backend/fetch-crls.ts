import { readAuthorityKeyIdentifier, EXTENSION, extensionOf } from "../../src-protocol/extensions.ts"
import { hexOf } from "../../src-protocol/bytes.ts"
import { readCertificate } from "../../src-protocol/certificate.ts"
import { readCrl } from "../../src-protocol/crl.ts"
import { ProtocolError } from "../../src-protocol/errors.ts"
import type { Revocation } from "../../src-protocol/check-revocation.ts"
import type { BackendClient } from "./backend-client.ts"

/** The revocation lists for a chain, and the highest numbers seen: a list that went back in time is not taken. */
export class CrlFetcher {
  readonly #client: Pick<BackendClient, "unverifiedCrl">
  readonly #clock: () => number
  readonly #highest = new Map<string, bigint>()

  constructor(client: Pick<BackendClient, "unverifiedCrl">, clock: () => number) {
    this.#client = client
    this.#clock = clock
  }

  /** The lists of every authority that signed a certificate of `chain`. One that is missing leaves the judging to refuse. */
  async revocationFor(chain: readonly Uint8Array[]): Promise<Revocation> {
    const keyIds = new Set(chain.flatMap((certificate) => issuerKeyIdOf(certificate)))
    const fetched = await Promise.all([...keyIds].map((keyId) => this.#fetch(keyId)))
    return {
      crls: fetched.flatMap((crl) => crl ?? []),
      checkedAt: this.#clock(),
      lowestNumbers: new Map(this.#highest),
    }
  }

  async #fetch(keyId: string): Promise<Uint8Array | undefined> {
    const crl = await this.#client.unverifiedCrl(keyId)
    const number = crl === undefined ? undefined : numberOf(crl)
    // A list that somebody made up can raise the number and so deny service; it can never make an old list pass.
    if (number !== undefined && number > (this.#highest.get(keyId) ?? -1n)) this.#highest.set(keyId, number)
    return crl
  }
}

function numberOf(crl: Uint8Array): bigint | undefined {
  try {
    return readCrl(crl).number
  } catch (error) {
    if (error instanceof ProtocolError) return undefined
    throw error
  }
}

function issuerKeyIdOf(der: Uint8Array): string[] {
  try {
    const extension = extensionOf(readCertificate(der).extensions, EXTENSION.authorityKeyIdentifier)
    const keyId = extension === undefined ? undefined : readAuthorityKeyIdentifier(extension.value)
    return keyId === undefined ? [] : [hexOf(keyId)]
  } catch (error) {
    if (error instanceof ProtocolError) return []
    throw error
  }
}
