import type { IncomingMessage } from "node:http"
import { readQuery, type Query } from "./read-query.ts"

const MOST_BYTES = 4_096
const MOST_BYTES_READ = 1_048_576
const FORM = /^application\/x-www-form-urlencoded(?:\s*;|$)/i

/** The form that was posted, or `undefined` for a body that is none of our forms, or comes from another site's page. */
export async function readForm(request: IncomingMessage): Promise<Query | undefined> {
  const site = request.headers["sec-fetch-site"]
  if (site !== undefined && site !== "same-origin" && site !== "none") return undefined
  if (!FORM.test(request.headers["content-type"] ?? "")) return undefined
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) return undefined
    length += chunk.length
    // To leave the loop ends the connection, and then there is no answer: only for what is far beyond any form.
    if (length > MOST_BYTES_READ) return undefined
    if (length <= MOST_BYTES) chunks.push(chunk)
  }
  if (length > MOST_BYTES) return undefined
  return readQuery(Buffer.concat(chunks).toString("latin1"))
}
