import { readFile } from "node:fs/promises"
import { extname } from "node:path"
import { fileURLToPath } from "node:url"

const TYPES = new Map([
  [".css", "text/css"],
  [".html", "text/html"],
  [".js", "text/javascript"],
  [".json", "application/json"],
  [".mjs", "text/javascript"],
  [".png", "image/png"],
  [".svg", "image/svg+xml"],
  [".wasm", "application/wasm"],
  [".woff2", "font/woff2"],
])

async function fetchFile(url: string): Promise<Response> {
  const path = fileURLToPath(url)
  const bytes = await readFile(path).catch(() => undefined)
  if (bytes === undefined) throw new Error("net::ERR_FILE_NOT_FOUND")
  const type = TYPES.get(extname(path)) ?? "application/octet-stream"
  return new Response(new Uint8Array(bytes), { headers: { "content-type": type } })
}

/** Electron's `net`, with Node's own stack instead of Chromium's; files are read as they are. */
export const net = {
  fetch(input: string | Request, init?: RequestInit): Promise<Response> {
    const url = typeof input === "string" ? input : input.url
    return url.startsWith("file:") ? fetchFile(url) : fetch(input, init)
  },
  isOnline: () => true,
  online: true,
}
