/** The window's own origin: a scheme that nothing but this program answers. */
export const SCHEME = "app"
export const HOST = "desk"
export const START_PAGE = `${SCHEME}://${HOST}/index.html`

/** Whether an address is one of our own pages: the scheme and host, nothing that merely begins alike. */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === `${SCHEME}:` && url.host === HOST && url.username === "" && url.password === ""
}
