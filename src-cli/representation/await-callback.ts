import { createServer } from "node:http"
import { once } from "node:events"
import { MINUTE } from "../../src-protocol/instant.ts"
import { CliError } from "../cli-error.ts"

/** Where a browser comes back to this program (RFC 8252 section 7.3). */
export interface Callback {
  readonly address: string
  /** The address that the browser came back to. */
  readonly returned: Promise<URL>
  close(): Promise<void>
}

const WAIT_MILLISECONDS = 10 * MINUTE
const PAGE =
  '<!doctype html><html lang="nl"><meta charset="utf-8"><title>Klaar · Done</title><p>U kunt dit venster sluiten.</p><p lang="en">You can close this window.</p></html>'

/** Listens on this machine's loopback address alone, for one return, until told to stop or ten minutes have passed. */
export async function awaitCallback(stopping: AbortSignal): Promise<Callback> {
  const { promise, resolve, reject } = Promise.withResolvers<URL>()
  // Nobody may be waiting yet when it is rejected.
  promise.catch(() => undefined)
  let address = ""
  const server = createServer((request, response) => {
    // With the port: the client library repeats it at the token endpoint.
    const url = URL.parse(request.url ?? "/", address)
    if (request.method !== "GET" || url?.href.split("?")[0] !== address) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    })
    response.end(PAGE)
    resolve(url)
  })
  server.listen({ host: "127.0.0.1", port: 0 })
  await once(server, "listening")
  const listening = server.address()
  if (listening === null || typeof listening === "string")
    throw new CliError("failed", "No port could be opened.")
  address = `http://127.0.0.1:${listening.port}/callback`
  const giveUp = (message: string) => {
    reject(new CliError("failed", message))
  }
  const timer = setTimeout(giveUp, WAIT_MILLISECONDS, "Nobody came back from the browser within ten minutes.")
  stopping.addEventListener("abort", () => {
    giveUp("Stopped: nothing was sent.")
  })
  return {
    address,
    returned: promise,
    close: async () => {
      clearTimeout(timer)
      const closed = once(server, "close")
      server.close()
      // A browser keeps its connections open for a next question, which never comes.
      server.closeAllConnections()
      await closed
    },
  }
}
