import { createHash, sign, type KeyObject } from "node:crypto"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import { rawBytes } from "../../src-protocol/read-der.ts"
import { readSignedData } from "../../src-protocol/read-signed-data.ts"
import { readSignedAttributes } from "../../src-protocol/signed-attributes.ts"
import { composeAuthorisation, type Signer } from "../../src-protocol/signed-data.ts"
import { unwrapSmime, wrapSmime } from "../../src-protocol/smime.ts"
import { encodeStatement, type Statement } from "../../src-protocol/statement.ts"
import { STATEMENT } from "./bench-pki.ts"

/**
 * Makes packages as fast as a load needs them: one is composed, and for each statement its content, its digest and its
 * signature are put in the places of the first one's. All statements are of one length.
 */
export async function packageStamp(
  signer: Signer,
  privateKey: KeyObject,
  signedAt: Instant,
): Promise<(statement: Statement) => Uint8Array> {
  const der = unwrapSmime(await composeAuthorisation(nodeCrypto, STATEMENT, signer, signedAt))
  const view = readSignedData(der)
  const attributes = readSignedAttributes(view.signedAttributes)
  if (view.signedAttributes === undefined) throw new Error("a package without attributes")
  const signedAt0 = rawBytes(view.signedAttributes)
  const places = {
    content: placeOf(view.content, der),
    attributes: placeOf(signedAt0, der),
    digest: placeOf(attributes.messageDigest, der),
    signature: placeOf(view.signature, der),
  }
  return (statement) => {
    const made = Uint8Array.from(der)
    const content = encodeStatement(statement)
    made.set(content, places.content)
    made.set(createHash("sha256").update(content).digest(), places.digest)
    const signed = Uint8Array.from(made.subarray(places.attributes, places.attributes + signedAt0.length))
    signed[0] = 0x31
    made.set(sign("sha256", signed, privateKey), places.signature)
    return wrapSmime(made)
  }
}

function placeOf(part: Uint8Array, whole: Uint8Array): number {
  return part.byteOffset - whole.byteOffset
}
