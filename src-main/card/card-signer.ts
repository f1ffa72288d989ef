import { createHash } from "node:crypto"
import type { CertificateUse } from "../../src-protocol/check-uzi-certificate.ts"
import type { SignatureAlgorithm } from "../../src-protocol/crypto-port.ts"
import type { Signer } from "../../src-protocol/signed-data.ts"
import { CardError } from "./card-error.ts"
import type { CardHost } from "./host/card-host.ts"
import type { KeyRestriction, SignRequest } from "./host/host-messages.ts"
import { algorithmsOf } from "./mechanism.ts"
import { certificateFor, type Card } from "./read-card.ts"

/** What one signature with a card needs. */
export interface CardSignerOptions {
  readonly host: CardHost
  readonly card: Card
  readonly use: CertificateUse
  /** Absent where the reader has a PIN pad. Wiped with the first signature: one PIN, one signature. */
  readonly pin: Uint8Array | undefined
  /** What an earlier login of the same card told about its keys. */
  readonly restrictions: readonly KeyRestriction[]
  /** Told what this login shows about the keys. */
  readonly learn: (restrictions: readonly KeyRestriction[]) => void
}

/** The Signer that a card is, for one signature; a second one finds the PIN wiped and is refused without a try. */
export function cardSigner(options: CardSignerOptions): Signer {
  const { card, use } = options
  const { certificate, authorities } = certificateFor(card, use)
  const certificateSha256 = createHash("sha256").update(certificate.der).digest("hex")
  const offered = mechanismsFor(options, certificateSha256)
  return {
    certificateChain: [certificate.der, ...authorities],
    algorithms: algorithmsOf(certificate.publicKey, offered),
    sign: (bytes, algorithm) => sign(options, certificateSha256, bytes, algorithm),
  }
}

function mechanismsFor(
  { card, restrictions }: CardSignerOptions,
  certificateSha256: string,
): readonly number[] {
  const restriction = restrictions.find((candidate) => candidate.certificateSha256 === certificateSha256)
  if (restriction === undefined) return card.mechanisms
  return card.mechanisms.filter((mechanism) => restriction.mechanisms.includes(mechanism))
}

async function sign(
  { host, card, use, pin, learn }: CardSignerOptions,
  certificateSha256: string,
  bytes: Uint8Array,
  algorithm: SignatureAlgorithm,
): Promise<Uint8Array> {
  const request: Omit<SignRequest, "is"> = {
    tokenSerial: card.token.serial,
    certificateSha256,
    use,
    algorithm: cardAlgorithm(algorithm),
    bytes,
    ...(pin === undefined ? {} : { pin }),
  }
  const { signature, restrictions } = await host.sign(request)
  learn(restrictions)
  return signature
}

function cardAlgorithm(algorithm: SignatureAlgorithm): SignRequest["algorithm"] {
  if (algorithm.scheme !== "ed25519") return algorithm
  throw new CardError("ALGORITHM_UNSUPPORTED", "no card of ours signs with Ed25519")
}
