import type { Answer, Call } from "./serve-route.ts"

/**
 * An answer that caches may keep (RFC 9110 section 8.8.3, RFC 9111): 304 where the caller has it already.
 * `tag` must change whenever the content does.
 */
export function cacheableAnswer(
  call: Pick<Call<unknown>, "ifNoneMatch">,
  tag: string,
  cacheControl: string,
  body: unknown,
): Answer {
  const headers = { etag: `"${tag}"`, "cache-control": cacheControl }
  return matches(call.ifNoneMatch, tag) ? { status: 304, headers } : { status: 200, body, headers }
}

function matches(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false
  const candidates = ifNoneMatch.split(",").map((candidate) => candidate.trim().replace(/^W\//, ""))
  return candidates.includes("*") || candidates.includes(`"${tag}"`)
}
