/** The application's own schemes, such as `app`. */
const schemes = new Set<string>()

/** Registers a scheme whose pages get an https origin under `.invalid`, which never resolves (RFC 6761). */
export function addScheme(scheme: string): void {
  schemes.add(scheme)
}

export function isScheme(scheme: string): boolean {
  return schemes.has(scheme)
}

/**
 * `app://bundle/x` as Chromium gets it: `https://bundle.app.invalid/x`. Stock Chromium knows no scheme of ours, and
 * only a standard, secure one gives the page its origin, storage and modules.
 */
export function toWeb(url: string): string {
  const found = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url)
  const [, scheme = "", host = "", rest = ""] = found ?? []
  if (!schemes.has(scheme.toLowerCase())) return url
  return `https://${host === "" ? "x" : host}.${scheme.toLowerCase()}.invalid${rest === "" ? "/" : rest}`
}

/** The way back, at every edge where the application sees an address. */
export function fromWeb(url: string): string {
  const [, host = "", scheme = "", rest = "/"] =
    /^https:\/\/([^/]+)\.([a-z0-9-]+)\.invalid(\/.*)?$/is.exec(url) ?? []
  return schemes.has(scheme) ? `${scheme}://${host}${rest}` : url
}

/** The sources of a Content-Security-Policy with our schemes as Chromium knows them. */
export function policyToWeb(policy: string): string {
  return [...schemes].reduce((text, scheme) => {
    const source = new RegExp(`(^|[\\s;])${scheme}:(?://([\\w.*-]+))?(?=$|[\\s;/])`, "g")
    return text.replace(
      source,
      (_, before: string, host: string | undefined) => `${before}https://${host ?? "*"}.${scheme}.invalid`,
    )
  }, policy)
}
