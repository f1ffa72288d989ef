import { createHash } from "node:crypto"
import type { Handle } from "pkcs11js"
import { ATTRIBUTE } from "../../../native/pkcs11/constants.ts"
import { ULONG_BYTES } from "../../../native/pkcs11/login.ts"
import { CardError } from "../card-error.ts"
import { findPrivateKey } from "./find-key.ts"
import type { KeyRestriction } from "./host-messages.ts"
import { certificateObjects, type CertificateObject } from "./token-certificates.ts"
import { attributeOf, type TokenSession } from "./token-session.ts"

/**
 * To which mechanisms the token restricts its keys (CKA_ALLOWED_MECHANISMS). Private keys show it after a login only:
 * read at sign-in, it lets the desk ask for the right signature later, instead of spending a PIN on a wrong one.
 */
export function readRestrictions(session: TokenSession): KeyRestriction[] {
  return certificateObjects(session).flatMap((object) => {
    const key = privateKeyIfAny(session, object)
    const allowed = key === undefined ? undefined : attributeOf(session, key, ATTRIBUTE.allowedMechanisms)
    if (allowed === undefined || allowed.length < ULONG_BYTES) return []
    const certificateSha256 = createHash("sha256").update(object.certificate.der).digest("hex")
    return [{ certificateSha256, mechanisms: numbersIn(allowed) }]
  })
}

function privateKeyIfAny(session: TokenSession, object: CertificateObject): Handle | undefined {
  try {
    return findPrivateKey(session, object)
  } catch (error) {
    if (error instanceof CardError) return undefined
    throw error
  }
}

/** A row of CK_ULONG in the machine's order; every mechanism fits in the lower 32 bits. */
function numbersIn(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const count = Math.floor(bytes.length / ULONG_BYTES)
  return Array.from({ length: count }, (_, i) => view.getUint32(i * ULONG_BYTES, true))
}
