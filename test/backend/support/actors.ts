import { base64Of, base64UrlOf } from "../../../src-protocol/bytes.ts"
import { drawCode, type Code } from "../../../src-protocol/code.ts"
import { ecdsaFromDer } from "../../../src-protocol/ecdsa-signature.ts"
import { dayOf, type Instant } from "../../../src-protocol/instant.ts"
import { encodeOpaque, hashOpaque, type Opaque } from "../../../src-protocol/opaque.ts"
import { composeAuthorisation, type Signer } from "../../../src-protocol/signed-data.ts"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import type { SoftCard } from "../../../src-testkit/cards/soft-signer.ts"
import { ask, ORIGIN, type Seen, type World } from "./world.ts"

/** What a phone holds of one disclosure. */
export interface PhoneSide {
  readonly code: Code
  readonly opaque: Uint8Array
  readonly hash: string
  readonly pickupKey: string
  readonly pickupHash: string
}

export async function drawDisclosure(world: World, changes: Partial<Opaque> = {}): Promise<PhoneSide> {
  const code = changes.code ?? drawCode(nodeCrypto)
  const opaque = encodeOpaque({
    salt: nodeCrypto.randomBytes(32),
    code,
    day: dayOf(world.now()) - 2,
    dayKey: nodeCrypto.randomBytes(32),
    ...changes,
  })
  const pickupKey = nodeCrypto.randomBytes(32)
  return {
    code,
    opaque,
    hash: await hashOpaque(nodeCrypto, opaque),
    pickupKey: base64UrlOf(pickupKey),
    pickupHash: base64UrlOf(await nodeCrypto.digest("sha-256", pickupKey)),
  }
}

export function register(world: World, phone: PhoneSide, more: object = {}, address?: string): Promise<Seen> {
  const { hash, pickupHash } = phone
  return ask(world, {
    method: "POST",
    path: "/v1/disclosures",
    json: { reference: phone.code.reference, hash, pickupHash, ...more },
    ...(address === undefined ? {} : { address }),
  })
}

/** A phone that has registered. */
export async function registered(world: World, changes: Partial<Opaque> = {}): Promise<PhoneSide> {
  const phone = await drawDisclosure(world, changes)
  const { status } = await register(world, phone)
  if (status !== 201) throw new Error(`registering answered ${status}`)
  return phone
}

export function find(world: World, session: string, reference: string): Promise<Seen> {
  return ask(world, { method: "GET", path: `/v1/disclosures/${reference}`, bearer: session })
}

export function put(world: World, session: string, reference: string, smime: Uint8Array): Promise<Seen> {
  return ask(world, {
    method: "PUT",
    path: `/v1/disclosures/${reference}/authorisation`,
    bearer: session,
    smime,
  })
}

/** The package that a card makes of a phone's hash and code. */
export function authorise(
  world: World,
  { signature }: Pick<SoftCard, "signature">,
  { hash, code }: Pick<PhoneSide, "hash" | "code">,
  signedAt: Instant = world.now(),
): Promise<Uint8Array> {
  return composeAuthorisation(nodeCrypto, { hash, code }, signature, signedAt)
}

export function pickUp(world: World, phone: PhoneSide, wait?: number): Promise<Seen> {
  const query = wait === undefined ? "" : `?wait=${wait}`
  const path = `/v1/disclosures/${phone.code.reference}/authorisation${query}`
  return ask(world, { method: "GET", path, bearer: phone.pickupKey })
}

export function sendReceipt(world: World, phone: PhoneSide, receipt: object): Promise<Seen> {
  const path = `/v1/disclosures/${phone.code.reference}/receipt`
  return ask(world, { method: "POST", path, bearer: phone.pickupKey, json: receipt })
}

export function withdraw(world: World, phone: PhoneSide): Promise<Seen> {
  return ask(world, {
    method: "DELETE",
    path: `/v1/disclosures/${phone.code.reference}`,
    bearer: phone.pickupKey,
  })
}

export function publish(world: World, opaque: Uint8Array, authorisation: Uint8Array): Promise<Seen> {
  const json = { opaque: base64UrlOf(opaque), authorisation: base64UrlOf(authorisation) }
  return ask(world, { method: "POST", path: "/v1/publications", json })
}

/** The Web eID token by which a card answers a nonce. */
export async function webEidToken(
  signer: Signer,
  nonce: string,
  origin = ORIGIN,
): Promise<Record<string, unknown>> {
  const [algorithm] = signer.algorithms
  const [certificate] = signer.certificateChain
  if (algorithm === undefined || algorithm.scheme === "ed25519" || certificate === undefined)
    throw new Error("no card")
  const { hash } = algorithm
  const encoder = new TextEncoder()
  const signed = Buffer.concat([
    await nodeCrypto.digest(hash, encoder.encode(origin)),
    await nodeCrypto.digest(hash, encoder.encode(nonce)),
  ])
  const signature = await signer.sign(signed, algorithm)
  const prefix = { "rsa-pkcs1": "RS", "rsa-pss": "PS", ecdsa: "ES" }[algorithm.scheme]
  return {
    format: "web-eid:1.0",
    algorithm: prefix + hash.slice("sha-".length),
    unverifiedCertificate: base64Of(certificate),
    signature: base64Of(algorithm.scheme === "ecdsa" ? ecdsaFromDer(signature, algorithm.curve) : signature),
    appVersion: "https://web-eid.eu/web-eid-app/releases/2.5.0+0",
  }
}

export async function askNonce(world: World): Promise<string> {
  const { body } = await ask(world, { method: "POST", path: "/v1/sessions/challenge" })
  return String(body["nonce"])
}

/** The answer to a sign-in with this card. */
export async function trySignIn(world: World, { authentication }: SoftCard, origin?: string): Promise<Seen> {
  const nonce = await askNonce(world)
  const json = { nonce, token: await webEidToken(authentication, nonce, origin) }
  return ask(world, { method: "POST", path: "/v1/sessions", json })
}

/** The session token after a sign-in that must succeed. */
export async function signIn(world: World, card: SoftCard): Promise<string> {
  const { status, body } = await trySignIn(world, card)
  if (status !== 201) throw new Error(`sign-in answered ${status}: ${JSON.stringify(body)}`)
  return String(body["sessionToken"])
}

/** A disclosure that a card has authorised. */
export async function authorised(
  world: World,
  card: SoftCard,
  session: string,
  changes: Partial<Opaque> = {},
): Promise<{ phone: PhoneSide; authorisation: Uint8Array; statusToken: string }> {
  const phone = await registered(world, changes)
  const authorisation = await authorise(world, card, phone)
  const { status, body } = await put(world, session, phone.code.reference, authorisation)
  if (status !== 201) throw new Error(`handing in answered ${status}: ${JSON.stringify(body)}`)
  return { phone, authorisation, statusToken: String(body["statusToken"]) }
}
