import { readCrls } from "../../../src-testkit/pki/test-pki.ts"
import { softCard, type SoftCard } from "../../../src-testkit/cards/soft-signer.ts"
import type { CardProfileId } from "../../../src-testkit/profiles.ts"
import { testPki } from "../../support/test-pki.ts"
import { signFor, testPhone, type SigningChanges, type TestPhone } from "./phones.ts"
import { packageAnswer, scriptedBackend, type ScriptedBackend } from "./scripted-backend.ts"

export const pki = await testPki()
export const crls = await readCrls(pki)

const cards = new Map<CardProfileId, Promise<SoftCard>>()

/** One card of each profile a test file. */
export function card(profile: CardProfileId): Promise<SoftCard> {
  const made = cards.get(profile) ?? softCard({ pki, profile, name: "Noor de Wit", at: Date.now() })
  cards.set(profile, made)
  return made
}

export interface Scene extends TestPhone {
  readonly backend: ScriptedBackend
}

/** A phone that has registered at a backend that a test can script. */
export async function registeredPhone(changes: Parameters<typeof testPhone>[2] = {}): Promise<Scene> {
  const backend = await scriptedBackend(crls)
  const made = await testPhone(backend.origin, pki.trust, changes)
  await made.phone.register()
  return { backend, ...made }
}

/** A phone whose package is here and good. */
export async function verifiedPhone(changes: Parameters<typeof testPhone>[2] = {}): Promise<Scene> {
  const scene = await registeredPhone(changes)
  scene.backend.on("pickUp", packageAnswer(await authorisationFor(scene, "arts")))
  await scene.phone.wait()
  return scene
}

/** The package of a card for what this phone shows, or for something else. */
export async function authorisationFor(
  { phone }: TestPhone,
  profile: CardProfileId,
  changes: SigningChanges = {},
): Promise<Uint8Array> {
  return signFor(await phone.show(), (await card(profile)).signature, changes)
}

/** The receipts that the backend got. */
export function receipts({ backend }: Scene): unknown[] {
  return backend.of("receipt").map(({ body }): unknown => JSON.parse(body.toString()))
}
