import { base64Of, bytesOfBase64, asciiText } from "./bytes.ts"
import { ProtocolError } from "./errors.ts"

/** Textual encodings of DER (RFC 7468). */
export type PemLabel = "CERTIFICATE" | "X509 CRL"

const COLUMNS = 64
const MAX_PEM_BYTES = 64 * 1024 * 1024

/** One PEM block with LF line ends. */
export function writePem(label: PemLabel, der: Uint8Array): string {
  const lines = base64Of(der).match(new RegExp(`.{1,${String(COLUMNS)}}`, "g")) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n")
}

/**
 * Every block of this label in a text, in its order; other labels and what stands between blocks are passed over.
 * Throws `malformed-pem` where a block does not end or is not base64.
 */
export function readPem(label: PemLabel, text: string): readonly Uint8Array[] {
  const begin = `-----BEGIN ${label}-----`
  const [, ...parts] = text.split(begin)
  return parts.map((part, i) => {
    const end = part.indexOf(`-----END ${label}-----`)
    if (end < 0) throw new ProtocolError("malformed-pem", `block ${String(i + 1)} of ${label} does not end`)
    return decodeBlock(part.slice(0, end), `block ${String(i + 1)} of ${label}`)
  })
}

function decodeBlock(body: string, what: string): Uint8Array {
  try {
    return bytesOfBase64(body.replace(/[\r\n\t ]/g, ""))
  } catch (cause) {
    throw new ProtocolError("malformed-pem", `${what} is not base64`, { cause })
  }
}

/**
 * The DER values in a file that is a PEM bundle of this label or one bare DER value.
 * Throws `malformed-pem` where it is neither.
 */
export function readPemOrDer(label: PemLabel, file: Uint8Array): readonly Uint8Array[] {
  if (file.length > MAX_PEM_BYTES) throw new ProtocolError("malformed-pem", "the file is too large")
  if (file[0] === 0x30) return [file]
  const blocks = readPem(label, asciiText(file) ?? "")
  if (blocks.length === 0)
    throw new ProtocolError("malformed-pem", `there is no ${label} in the file, PEM or DER`)
  return blocks
}
