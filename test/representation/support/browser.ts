/** A browser as far as a flow needs one: it keeps cookies by their path, follows redirects, and posts forms. */
export interface Browser {
  get(address: string, headers?: Readonly<Record<string, string>>): Promise<Page>
  /** Posts a form to where the browser is, or to another address. */
  post(fields: Readonly<Record<string, string>>, address?: string): Promise<Page>
  readonly cookies: ReadonlyMap<string, Cookie>
  /** The same cookies in another tab. */
  tab(): Browser
}

export interface Cookie {
  readonly value: string
  readonly path: string
}

/** Where a walk ended: a page of the server, or the redirect that led away from it. */
export interface Page {
  readonly status: number
  readonly address: string
  readonly headers: Headers
  readonly html: string
  /** Where it would lead outside the server. */
  readonly away?: URL
  /** All that was answered on the way. */
  readonly trail: readonly Response[]
  /** How many milliseconds each of them took. */
  readonly times: readonly number[]
}

export function openBrowser(origin: string, jar = new Map<string, Cookie>()): Browser {
  let here = origin
  const visit = async (first: string, init: RequestInit): Promise<Page> => {
    const trail: Response[] = []
    const times: number[] = []
    let [address, now] = [new URL(first, here).href, init]
    for (;;) {
      const cookie = cookiesFor(jar, new URL(address).pathname)
      const headers = new Headers(now.headers)
      if (cookie !== "") headers.set("cookie", cookie)
      const since = performance.now()
      const response = await fetch(address, { ...now, headers, redirect: "manual" })
      times.push(performance.now() - since)
      trail.push(response)
      keepCookies(jar, response)
      here = address
      const location = response.headers.get("location")
      if (location === null) return { ...(await pageOf(response, address)), trail, times }
      const next = new URL(location, address)
      if (next.origin !== origin) return { ...(await pageOf(response, address)), trail, times, away: next }
      ;[address, now] = [next.href, { method: "GET" }]
    }
  }
  return {
    get: (address, headers = {}) => visit(address, { headers }),
    post: (fields, address = here) =>
      visit(address, {
        method: "POST",
        body: new URLSearchParams(fields),
        headers: { "sec-fetch-site": "same-origin" },
      }),
    cookies: jar,
    tab: () => openBrowser(origin, jar),
  }
}

async function pageOf(response: Response, address: string): Promise<Omit<Page, "trail" | "times">> {
  const html = await response.text()
  return { status: response.status, address, headers: response.headers, html }
}

function cookiesFor(jar: ReadonlyMap<string, Cookie>, path: string): string {
  return [...jar]
    .filter(([, cookie]) => path === cookie.path || path.startsWith(cookie.path.replace(/\/?$/, "/")))
    .map(([key, { value }]) => `${key.split(" ")[0] ?? ""}=${value}`)
    .join("; ")
}

function keepCookies(jar: Map<string, Cookie>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    const [, path = "/"] = /;\s*path=([^;]*)/i.exec(line) ?? []
    const isOver = /expires=Thu, 01 Jan 1970/i.test(line)
    if (isOver) jar.delete(`${name} ${path}`)
    else jar.set(`${name} ${path}`, { value, path })
  }
}
