import type { Base64 } from "./codec.ts"

/** Base64 as Chromium has it. Whole in itself. */
export function base64OfPage(): Base64 {
  return { encode: (bytes) => bytes.toBase64(), decode: (text) => Uint8Array.fromBase64(text) }
}
