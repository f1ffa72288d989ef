import { hexOf } from "../../src-protocol/bytes.ts"
import { SECOND } from "../../src-protocol/instant.ts"
import type { Backend } from "../backend.ts"
import { cacheableAnswer } from "../http/entity-tag.ts"
import { ProblemError } from "../http/problem-error.ts"
import type { Answer, Call } from "../http/serve-route.ts"

/** The newest list of an authority, byte for byte as it signed it: phones need trust neither us nor the network. */
export async function serveCrl(backend: Backend, call: Call<undefined>): Promise<Answer> {
  const list = backend.crls.find(call.parameters["issuerKeyId"] ?? "")
  if (list === undefined) throw new ProblemError("not-found")
  const tag = hexOf(await backend.crypto.digest("sha-256", list))
  // Not longer than until the next refresh: a cache must not keep a phone on yesterday's list.
  const maxAge = Math.floor(backend.config.settings.crlRefreshMilliseconds / SECOND)
  return cacheableAnswer(call, tag, `public, max-age=${maxAge}`, list)
}
