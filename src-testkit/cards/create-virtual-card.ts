import { createHash, randomBytes, randomInt } from "node:crypto"
import type { CardImage, CardImageKey, KeyPlace } from "../../native/virtual-card/card-image.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import { generateKeys, type KeyPair } from "../pki/keys.ts"
import type { TestPki } from "../pki/test-pki.ts"
import type { CertificateUse, PassHolder } from "../pki/uzi-certificate.ts"
import { cardProfile, type CardProfile } from "../profiles.ts"
import { TestkitError } from "../testkit-error.ts"
import { issueCardCertificates, type CardCertificates } from "./card-certificates.ts"
import { cardHolder } from "./card-holder.ts"
import { keyKindFor } from "./soft-signer.ts"

export interface VirtualCardOptions {
  readonly pki: TestPki
  readonly profile: string
  /** Of the holder. */
  readonly name: string
  /** 6 to 8 digits, as a chip wants them; six random digits when left out. */
  readonly pin?: string
  readonly puk?: string
  readonly at: Instant
  readonly organisation?: string
}

/** A test card as a chip: for the virtual reader instead of for SoftHSM. */
export interface VirtualTestCard {
  readonly profile: CardProfile
  readonly holder: PassHolder
  /** What the reader takes. */
  readonly image: CardImage
  /** As PKCS #11 shows it for this card: the last half of its GUID. */
  readonly tokenSerialNumber: string
  readonly certificates: CardCertificates
}

/** Where a chip keeps the keys of a UZI pass, and when it wants the PIN for them. */
const PLACES: Readonly<Record<CertificateUse, Pick<CardImageKey, "place" | "pinPolicy">>> = {
  authenticiteit: { place: "9A", pinPolicy: "once" },
  // The PIN right before each signature, whatever the profile says: this place of a PIV chip knows nothing else.
  handtekening: { place: "9C", pinPolicy: "always" },
  vertrouwelijkheid: { place: "9D", pinPolicy: "once" },
}
const USES: readonly CertificateUse[] = ["authenticiteit", "handtekening", "vertrouwelijkheid"]

/**
 * Makes a test card for the virtual reader: three new key pairs and their certificates, issued as of `at`. It differs
 * from the card on SoftHSM where a PIV chip does: no place for the authorities' certificates, no keys that sign with
 * PSS alone. Throws `unknown-profile`, `malformed-name`, `malformed-pin`.
 */
export async function createVirtualCard(options: VirtualCardOptions): Promise<VirtualTestCard> {
  const { pki, at } = options
  const profile = cardProfile(options.profile)
  const holder = cardHolder(profile, options.name, options.organisation)
  const pin = checkPin(options.pin ?? randomDigits(6))
  const puk = checkPin(options.puk ?? randomDigits(8))
  const keys = new Map<CertificateUse, KeyPair>()
  for (const use of USES) keys.set(use, await generateKeys(keyKindFor(profile, use)))
  const publicKeys = new Map([...keys].map(([use, pair]) => [use, pair.publicKeySpki] as const))
  const id = randomBytes(16).toString("hex")
  const certificates = await issueCardCertificates({ pki, profile, holder, card: id, publicKeys, at })
  const onChip = [...keys].map(([use, pair]) => keyOnChip(use, pair, certificates.get(use)?.der))
  const image = { id, label: options.name, pin, puk, keys: onChip }
  return { profile, holder, image, certificates, tokenSerialNumber: tokenSerialNumberOf(image) }
}

/** What PKCS #11 shows as the serial number of that card's token. */
export function tokenSerialNumberOf({ id }: Pick<CardImage, "id">): string {
  return id.slice(16)
}

/** The same card after it was lost and issued anew would have another number; a copy for another test has too. */
export function copyOfCard(image: CardImage, name: string): CardImage {
  return { ...image, id: createHash("sha256").update(`${image.id}:${name}`).digest("hex").slice(0, 32) }
}

function keyOnChip(use: CertificateUse, { privateKey }: KeyPair, certificate?: Uint8Array): CardImageKey {
  return {
    ...PLACES[use],
    privateKey: String(privateKey.export({ type: "pkcs8", format: "pem" })),
    ...(certificate === undefined ? {} : { certificate: Buffer.from(certificate).toString("base64") }),
  }
}

/** The places of the chip, for whoever wants to name a key. */
export function placeOf(use: CertificateUse): KeyPlace {
  return PLACES[use].place
}

function randomDigits(count: number): string {
  return String(randomInt(10 ** count)).padStart(count, "0")
}

function checkPin(pin: string): string {
  if (/^[0-9]{6,8}$/.test(pin)) return pin
  throw new TestkitError("malformed-pin", "The PIN and PUK of a chip are 6 to 8 digits.")
}
