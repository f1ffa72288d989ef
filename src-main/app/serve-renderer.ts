import { readFile } from "node:fs/promises"
import { extname, join, sep } from "node:path"
import { isOwnAddress } from "./origin.ts"

/** The only kinds of file that the window is made of; what is not here is not served. */
const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".png", "image/png"],
  [".woff2", "font/woff2"],
])

/** Nothing from elsewhere, nothing inline, nothing evaluated, no connection: everything that the window may load is a file of ours. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ")

export const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  // Asking for a device opens Chromium's own chooser, which no permission handler sees.
  "permissions-policy":
    "display-capture=(), camera=(), microphone=(), geolocation=(), usb=(), hid=(), serial=(), clipboard-read=()",
  "cache-control": "no-store",
}

const PLAIN_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/

/** The file of the window that an address names; `undefined` for another origin, a kind of file that we have not, and any way out of the folder. */
export function fileOf(root: string, address: string): { path: string; mediaType: string } | undefined {
  const url = URL.parse(address)
  if (url === null || !isOwnAddress(address)) return undefined
  const parts = decoded(url.pathname)?.split("/").slice(1)
  // URL.parse has resolved `..` already; what is still one was hidden in percent signs or backslashes.
  if (parts?.every((part) => PLAIN_NAME.test(part)) !== true) return undefined
  const path = join(root, ...parts)
  const mediaType = MEDIA_TYPES.get(extname(path))
  return mediaType === undefined || !path.startsWith(root + sep) ? undefined : { path, mediaType }
}

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return undefined
  }
}

/** What an answer is made of, Node loads when it is first touched: better now than when the page waits for it. */
export function prepareToServe(): void {
  Response.error()
}

/** Answers the window's requests out of the folder `root`; only GET, and every answer carries the policy. */
export function serveRenderer(root: string): (request: Pick<Request, "method" | "url">) => Promise<Response> {
  return async ({ method, url }) => {
    const file = method === "GET" ? fileOf(root, url) : undefined
    const bytes = file === undefined ? undefined : await readFile(file.path).catch(() => undefined)
    if (file === undefined || bytes === undefined)
      return new Response("not found", { status: 404, headers: HEADERS })
    const headers = { ...HEADERS, "content-type": file.mediaType }
    return new Response(new Uint8Array(bytes), { headers })
  }
}
