/** Every value of every parameter; `undefined` for one whose encoding is none. */
export type Query = ReadonlyMap<string, readonly (string | undefined)[]>

/** A query string or a form (application/x-www-form-urlencoded), without forgiving a wrong encoding. */
export function readQuery(raw: string): Query {
  const query = new Map<string, (string | undefined)[]>()
  for (const pair of raw.split("&")) {
    const equals = pair.indexOf("=")
    const name = decode(equals < 0 ? pair : pair.slice(0, equals))
    if (name === undefined || name === "") continue
    const values = query.get(name) ?? []
    values.push(equals < 0 ? "" : decode(pair.slice(equals + 1)))
    query.set(name, values)
  }
  return query
}

/** `URLSearchParams` puts a replacement character where the encoding is wrong: then it would be another value. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "))
  } catch {
    return undefined
  }
}

/** The value of a parameter that is there once; one without a value counts as absent (RFC 6749 section 3.1). */
export function oneValue(query: Query, name: string): string | undefined {
  const [value, ...more] = query.get(name) ?? []
  return more.length > 0 || value === "" ? undefined : value
}
