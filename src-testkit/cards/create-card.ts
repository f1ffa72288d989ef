import { createHash, randomInt } from "node:crypto"
import { mkdir } from "node:fs/promises"
import { findSofthsmModule } from "../../native/softhsm/find-softhsm-module.ts"
import { deleteToken, initialiseToken } from "../../native/softhsm/initialise-token.ts"
import { writeSofthsmConfiguration } from "../../native/softhsm/softhsm-home.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import { withLock } from "../files.ts"
import type { TestPki } from "../pki/test-pki.ts"
import type { CertificateUse, PassHolder } from "../pki/uzi-certificate.ts"
import { cardProfile, type CardProfile } from "../profiles.ts"
import { TestkitError } from "../testkit-error.ts"
import { issueCardCertificates } from "./card-certificates.ts"
import { cardHolder } from "./card-holder.ts"
import { listCards, recordCard, type Card } from "./card-record.ts"
import { runTokenProcess } from "./run-token-process.ts"
import { keyKindFor } from "./soft-signer.ts"
import { certificatesOnToken } from "./token-certificates.ts"
import type { KeyRequest } from "./token-commands.ts"

export interface CreateCardOptions {
  readonly pki: TestPki
  /** The private SoftHSM home; made where it is not there. */
  readonly softhsmDirectory: string
  readonly profile: string
  /** Of the holder; it is the token's label too, cut to 32 bytes. */
  readonly name: string
  /** 4 to 12 letters or digits; six random digits when left out. */
  readonly pin?: string
  readonly puk?: string
  readonly at: Instant
  readonly organisation?: string
  /** Whether the signature key asks for the PIN at each signature; as the profile says when left out. */
  readonly alwaysAuthenticate?: boolean
}

const USES: readonly CertificateUse[] = ["authenticiteit", "handtekening", "vertrouwelijkheid"]
const MAX_LABEL_BYTES = 32

/**
 * Makes a test card: a SoftHSM token with three key pairs generated on it, their certificates and the authorities above
 * them, as a real pass has. Throws `unknown-profile`, `malformed-name`, `malformed-pin`, `card-exists` before anything
 * is written; `softhsm-missing` (a `SofthsmError`) or `token-failed` where the token cannot be made.
 */
export async function createCard(options: CreateCardOptions): Promise<Card> {
  const profile = adjusted(cardProfile(options.profile), options)
  const holder = cardHolder(profile, options.name, options.organisation)
  const pin = checkPin(options.pin ?? randomDigits())
  const puk = checkPin(options.puk ?? randomDigits())
  const module = findSofthsmModule()
  const label = labelOf(options.name)
  await mkdir(options.softhsmDirectory, { recursive: true })
  return await withLock(options.softhsmDirectory, async () => {
    await checkLabelIsFree(options.softhsmDirectory, label)
    const token = { module, label, pin, puk }
    const tokenSerialNumber = await makeToken(options, profile, holder, token)
    const card = cardOf(options, profile, holder, { ...token, tokenSerialNumber })
    await recordCard(options.softhsmDirectory, card)
    return card
  })
}

interface Token {
  readonly module: string
  readonly label: string
  readonly pin: string
  readonly puk: string
}

function adjusted(profile: CardProfile, options: CreateCardOptions): CardProfile {
  return { ...profile, alwaysAuthenticate: options.alwaysAuthenticate ?? profile.alwaysAuthenticate }
}

async function makeToken(
  options: CreateCardOptions,
  profile: CardProfile,
  holder: PassHolder,
  token: Token,
): Promise<string> {
  const { softhsmDirectory: directory } = options
  const { label, pin, puk } = token
  await writeSofthsmConfiguration(directory)
  await initialiseToken({ directory, label, pin, soPin: puk })
  try {
    return await fillToken(options, profile, holder, token)
  } catch (error) {
    // Half a card would stand in the way of the next attempt, which has the same label.
    await deleteToken({ directory, label })
    throw error
  }
}

async function fillToken(
  options: CreateCardOptions,
  profile: CardProfile,
  holder: PassHolder,
  token: Token,
): Promise<string> {
  const { softhsmDirectory: directory, pki, at } = options
  const { module, label, pin } = token
  const keys = keyRequests(profile, label)
  const generated = await runTokenProcess(directory, { command: "generate-keys", module, label, pin, keys })
  const publicKeys = new Map(USES.map((use, i) => [use, fromHex(generated.publicKeys[i])] as const))
  const issued = await issueCardCertificates({ pki, profile, holder, card: label, publicKeys, at })
  const certificates = certificatesOnToken(pki, profile, issued, keyIds(label))
  await runTokenProcess(directory, { command: "store-certificates", module, label, pin, certificates })
  return generated.tokenSerialNumber
}

function fromHex(hex: string | undefined): Uint8Array {
  if (hex === undefined) throw new RangeError("the token generated fewer keys than asked for")
  return new Uint8Array(Buffer.from(hex, "hex"))
}

function keyRequests(profile: CardProfile, label: string): KeyRequest[] {
  const ids = keyIds(label)
  return USES.map((use) => ({
    id: ids[use],
    label: use,
    kind: keyKindFor(profile, use),
    use: use === "vertrouwelijkheid" ? "decrypt" : "sign",
    alwaysAuthenticate: use === "handtekening" && profile.alwaysAuthenticate,
    pssOnly: use === "handtekening" && profile.signatureScheme === "rsa-pss",
  }))
}

/** CKA_ID: the same for key and certificate, different for each card, and telling nothing about the use. */
function keyIds(label: string): Readonly<Record<CertificateUse, string>> {
  const idOf = (use: CertificateUse) =>
    createHash("sha256").update(`${label}:${use}`).digest("hex").slice(0, 16)
  return {
    authenticiteit: idOf("authenticiteit"),
    handtekening: idOf("handtekening"),
    vertrouwelijkheid: idOf("vertrouwelijkheid"),
  }
}

function labelOf(name: string): string {
  let label = ""
  for (const character of name) {
    if (Buffer.byteLength(label + character) > MAX_LABEL_BYTES) break
    label += character
  }
  return label.trimEnd()
}

async function checkLabelIsFree(directory: string, label: string): Promise<void> {
  const cards = await listCards(directory)
  if (!cards.some((card) => card.label === label)) return
  const message = `${directory} has a card "${label}" already; give the new one another name, or another directory`
  throw new TestkitError("card-exists", message)
}

function randomDigits(): string {
  return String(randomInt(1_000_000)).padStart(6, "0")
}

function checkPin(pin: string): string {
  if (/^[0-9A-Za-z]{4,12}$/.test(pin)) return pin
  throw new TestkitError("malformed-pin", "A test PIN or PUK is 4 to 12 letters or digits.")
}

function cardOf(
  options: CreateCardOptions,
  profile: CardProfile,
  holder: PassHolder,
  token: Token & { readonly tokenSerialNumber: string },
): Card {
  const { label, pin, puk, tokenSerialNumber } = token
  const { id, roleCode, alwaysAuthenticate } = profile
  const made = { name: options.name, pki: options.pki.directory, createdAt: options.at }
  return {
    label,
    tokenSerialNumber,
    profile: id,
    pin,
    puk,
    uziNumber: holder.uziNumber,
    roleCode,
    alwaysAuthenticate,
    ...made,
  }
}
