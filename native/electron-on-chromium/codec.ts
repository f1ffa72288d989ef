import { makeCodec } from "./world/codec.ts"

/** The codec as Node has it; the preload's world has its own copy. */
export const codec = makeCodec({
  encode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64"),
  decode: (text) => new Uint8Array(Buffer.from(text, "base64")),
})
