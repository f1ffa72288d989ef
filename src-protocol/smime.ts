import { MAX_AUTHORISATION_BYTES } from "./api.ts"
import { decodeBase64Lines, encodeBase64Lines } from "./base64-lines.ts"
import { asciiBytes, concatBytes, equalBytes } from "./bytes.ts"
import { ProtocolError } from "./errors.ts"

// S/MIME 4.0 (RFC 8551 section 3.5.2). Header order and spelling are free there; here there is one form.
const HEADER = asciiBytes(
  [
    "MIME-Version: 1.0",
    'Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"',
    "Content-Transfer-Encoding: base64",
    'Content-Disposition: attachment; filename="smime.p7m"',
    "",
    "",
  ].join("\r\n"),
)

/** The S/MIME package around the DER of a CMS message; throws `malformed-smime` where that is empty or too large. */
export function wrapSmime(der: Uint8Array): Uint8Array {
  if (der.length === 0) throw malformed("there is nothing inside")
  const message = concatBytes(HEADER, encodeBase64Lines(der))
  checkSize(message)
  return message
}

/**
 * The DER inside a package. Exactly one form is read, at most 16 KiB: the one that `wrapSmime` writes, so no package can
 * be changed outside its signature and still count as one. Throws `malformed-smime`.
 */
export function unwrapSmime(bytes: Uint8Array): Uint8Array {
  checkSize(bytes)
  if (!equalBytes(bytes.subarray(0, HEADER.length), HEADER))
    throw malformed("the header lines are not the agreed ones")
  const der = decodeBase64Lines(bytes.subarray(HEADER.length))
  if (der === undefined) throw malformed("the body is not base64 in lines of 64 columns and CRLF")
  return der
}

function checkSize(message: Uint8Array): void {
  if (message.length > MAX_AUTHORISATION_BYTES)
    throw malformed(`${message.length} bytes, at most ${MAX_AUTHORISATION_BYTES} are taken`)
}

function malformed(what: string): ProtocolError {
  return new ProtocolError("malformed-smime", `S/MIME package: ${what}`)
}
