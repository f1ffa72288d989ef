import type { Handle } from "pkcs11js"
import { ATTRIBUTE, OBJECT } from "../../../native/pkcs11/constants.ts"
import type { Certificate } from "../../../src-protocol/certificate.ts"
import { CardError } from "../card-error.ts"
import type { CertificateObject } from "./token-certificates.ts"
import { attributeOf, findObjects, type TokenSession } from "./token-session.ts"

/**
 * The private key of a certificate: the one of its CKA_ID, else the one of its modulus or point; never by a label,
 * which nobody has laid down. Throws `NO_PRIVATE_KEY`. Wants a session that is logged in.
 */
export function findPrivateKey(session: TokenSession, { object, certificate }: CertificateObject): Handle {
  const id = attributeOf(session, object, ATTRIBUTE.id)
  const key = keyOfId(session, id, certificate) ?? keyOfMaterial(session, certificate)
  if (key === undefined)
    throw new CardError("NO_PRIVATE_KEY", "the card holds no private key for this certificate")
  return key
}

function keyOfId(
  session: TokenSession,
  id: Uint8Array | undefined,
  certificate: Certificate,
): Handle | undefined {
  if (id === undefined || id.length === 0) return undefined
  const keys = findObjects(session, [
    { type: ATTRIBUTE.class, value: OBJECT.privateKey },
    { type: ATTRIBUTE.id, value: Buffer.from(id) },
  ])
  return keys.find((key) => agrees(session, key, certificate) !== "another")
}

function keyOfMaterial(session: TokenSession, certificate: Certificate): Handle | undefined {
  const keys = findObjects(session, [{ type: ATTRIBUTE.class, value: OBJECT.privateKey }])
  return (
    keys.find((key) => agrees(session, key, certificate) === "same") ?? keyOfPublicKey(session, certificate)
  )
}

/** An EC private key seldom shows its point: then the public key beside it does, and shares its CKA_ID. */
function keyOfPublicKey(session: TokenSession, certificate: Certificate): Handle | undefined {
  const publicKeys = findObjects(session, [{ type: ATTRIBUTE.class, value: OBJECT.publicKey }])
  const ours = publicKeys.find((key) => agrees(session, key, certificate) === "same")
  return ours === undefined
    ? undefined
    : keyOfId(session, attributeOf(session, ours, ATTRIBUTE.id), certificate)
}

/** Whether the public numbers that a key shows are those of the certificate; many private keys show none. */
function agrees(
  session: TokenSession,
  key: Handle,
  { publicKey, spki }: Certificate,
): "same" | "another" | "unknown" {
  const number = attributeOf(session, key, publicKey.is === "rsa" ? ATTRIBUTE.modulus : ATTRIBUTE.point)
  if (number === undefined || number.length < COMPARED_BYTES) return "unknown"
  // The end of it: a point comes with or without an OCTET STRING around it (PKCS #11, EC public keys).
  const end = Buffer.from(number).subarray(-COMPARED_BYTES)
  return Buffer.from(spki).includes(end) ? "same" : "another"
}

/** Both coordinates of a P-256 point, or the lower 512 bits of a modulus: no two keys share them. */
const COMPARED_BYTES = 64
