import { nodeCrypto } from "../../../../src-crypto/node-crypto.ts"
import { equalBytes } from "../../../../src-protocol/bytes.ts"
import { readCertificate } from "../../../../src-protocol/certificate.ts"
import { readCrl } from "../../../../src-protocol/crl.ts"
import { judgeCertificate } from "../../../../src-protocol/judge-certificate.ts"
import { readSignedData } from "../../../../src-protocol/read-signed-data.ts"
import { readSignedAttributes } from "../../../../src-protocol/signed-attributes.ts"
import { wrapSmime } from "../../../../src-protocol/smime.ts"
import { encodeStatement } from "../../../../src-protocol/statement.ts"
import { verifyAuthorisation } from "../../../../src-protocol/verify-authorisation.ts"
import { signBytes } from "../../../../src-testkit/pki/sign-bytes.ts"
import type { Target } from "../target.ts"
import { isProtocolError, mustHold, type FuzzWorld } from "./fuzz-world.ts"

const PKCS1 = { scheme: "rsa-pkcs1", hash: "sha-256" } as const

/**
 * The whole verdict. A changed package stops at its signature; so three targets sign what was changed anew, with the very
 * keys that are trusted, and what lies behind the signature is reached too. The good bytes are authorised, others are
 * only where they say the same.
 */
export function judgedTargets(world: FuzzWorld): readonly Target[] {
  return [
    target("verify", world.packages, "smime", async (input) => {
      const verdict = await verifyAuthorisation(input, world.facts)
      const isGood = world.packages.some((good) => equalBytes(good, input))
      mustHold(verdict.is === (isGood ? "authorised" : "refused"), `a changed package is ${verdict.is}`)
    }),
    target("verify-signed-anew", world.messages, "der", (input) => readSignedAnew(world, input)),
    target("certificate-signed-anew", world.certificates, "der", (input) => judgeSignedAnew(world, input)),
    target("crl-signed-anew", world.crls, "der", (input) => revokeSignedAnew(world, input)),
  ]
}

/** The views that the reader gives are of the very buffer, so its digest and signature can be made to fit in place. */
async function readSignedAnew(world: FuzzWorld, message: Uint8Array): Promise<void> {
  const view = readSignedData(message)
  const { messageDigest } = readSignedAttributes(view.signedAttributes)
  overwrite(messageDigest, await nodeCrypto.digest("sha-256", view.content))
  const { signedBytes } = readSignedAttributes(view.signedAttributes)
  overwrite(view.signature, await world.signer.sign(signedBytes, PKCS1))
  const verdict = await verifyAuthorisation(wrapSmime(message), world.facts)
  if (verdict.is === "refused") return
  const { hash, reference, confirmation, signer } = verdict
  const said = encodeStatement({ hash, code: { reference, confirmation } })
  mustHold(equalBytes(said, view.content), "what was authorised is not what was signed")
  mustHold(
    world.certificates.some((der) => equalBytes(der, signer.certificate)),
    "a stranger signed",
  )
}

async function judgeSignedAnew(world: FuzzWorld, der: Uint8Array): Promise<void> {
  const { tbs, signature } = readCertificate(der)
  overwrite(signature, await signBytes(world.pki.authorities.zorgverlener.privateKey, PKCS1, tbs))
  const facts = { ...world.facts, maximumCrlAgeMilliseconds: world.facts.policy.maximumCrlAgeMilliseconds }
  await judgeCertificate([der, ...world.pki.intermediates], "signature", facts)
}

async function revokeSignedAnew(world: FuzzWorld, der: Uint8Array): Promise<void> {
  const { tbs, signature } = readCrl(der)
  overwrite(signature, await signBytes(world.pki.authorities.zorgverlener.privateKey, PKCS1, tbs))
  // A copy: the reader keeps what it read of a buffer.
  const crls = [...world.crls, der.slice()]
  const facts = { ...world.facts, revocation: { ...world.facts.revocation, crls } }
  const verdict = await verifyAuthorisation(world.packages[0] ?? new Uint8Array(), facts)
  const outcome = verdict.is === "authorised" ? verdict.is : verdict.reason
  mustHold(
    /^(?:authorised|revocation-unknown|certificate-revoked)$/.test(outcome),
    `a revocation list makes a good package ${outcome}`,
  )
}

function overwrite(place: Uint8Array, bytes: Uint8Array): void {
  if (place.length === bytes.length) place.set(bytes)
}

function target(
  name: string,
  seeds: readonly Uint8Array[],
  shape: Target["shape"],
  read: Target["read"],
): Target {
  return { name, seeds, shape, vocabulary: ["src-protocol/"], read, refuses: isProtocolError }
}
