import { readFile } from "node:fs/promises"
import { SECOND } from "../../src-protocol/instant.ts"
import { MAX_CRL_BYTES } from "../../src-protocol/crl.ts"
import { readPemOrDer } from "../../src-protocol/pem.ts"

/** Where revocation lists come from: the operator's configuration, never a certificate. PEM bundle or one DER list. */
export type CrlSource = { readonly file: string } | { readonly url: string }

const TIMEOUT_MILLISECONDS = 60 * SECOND

/** The lists of a source, unverified; throws whatever reading the file or the network throws, or `malformed-pem`. */
export async function readCrlSource(
  source: CrlSource,
  stopping: AbortSignal,
): Promise<readonly Uint8Array[]> {
  const bytes = "file" in source ? await readFile(source.file) : await download(source.url, stopping)
  return readPemOrDer("X509 CRL", new Uint8Array(bytes))
}

async function download(url: string, stopping: AbortSignal): Promise<Uint8Array> {
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(TIMEOUT_MILLISECONDS)])
  const response = await fetch(url, {
    redirect: "error",
    signal,
    headers: { accept: "application/pkix-crl, */*" },
  })
  if (!response.ok || response.body === null) throw new Error(`the source answered ${response.status}`)
  const parts: Uint8Array[] = []
  let size = 0
  const reader = response.body.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    // Bytes, by the Fetch standard; its types leave it open.
    const part: unknown = next.value
    if (!(part instanceof Uint8Array)) throw new TypeError("the source sends no bytes")
    size += part.length
    if (size > MAX_CRL_BYTES) throw new RangeError("the source sends more than any revocation list")
    parts.push(part)
  }
  return Buffer.concat(parts)
}
