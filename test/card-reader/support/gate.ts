import { once } from "node:events"
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { buffer } from "node:stream/consumers"
import { whenFileIsDone } from "../../card/support/when-file-is-done.ts"

/** A package as it went over the wire, whatever the backend made of it. */
export interface Posted {
  readonly reference: string
  readonly authorisation: Uint8Array
}

export interface Held {
  /** Answered when the first call that fits has come. */
  readonly arrived: Promise<void>
  /** Lets what came go on, and holds nothing more. */
  readonly release: () => void
}

/** The network between desks and backend: it can keep a call waiting, and keeps what was posted. */
export interface Gate {
  readonly origin: string
  readonly posted: Posted[]
  hold(method: string, path: RegExp): Held
}

const AUTHORISATION = /^\/v1\/disclosures\/([0-9]{6})\/authorisation$/

/** Opens it before the backend behind it is there; `backend` is asked with each call. It closes when the file is done. */
export async function openGate(backend: () => string): Promise<Gate> {
  const posted: Posted[] = []
  let holding: ((call: IncomingMessage) => Promise<void>) | undefined
  const server = createServer((call, answer) => {
    void pass(call, answer, backend(), posted, () => holding?.(call))
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  whenFileIsDone(() => {
    server.closeAllConnections()
    server.close()
  })
  // Sound: it listens on a port.
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    posted,
    hold(method, path) {
      const [arrived, released] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
      holding = async (call) => {
        if (call.method !== method || !path.test(call.url ?? "")) return
        arrived.resolve(undefined)
        await released.promise
      }
      return {
        arrived: arrived.promise,
        release() {
          holding = undefined
          released.resolve(undefined)
        },
      }
    },
  }
}

async function pass(
  call: IncomingMessage,
  answer: ServerResponse,
  backend: string,
  posted: Posted[],
  wait: () => Promise<void> | undefined,
): Promise<void> {
  const { method = "GET", url = "/", headers } = call
  const body = await buffer(call).catch(() => undefined)
  if (body === undefined) return
  const reference = AUTHORISATION.exec(url)?.[1]
  if (method === "PUT" && reference !== undefined)
    posted.push({ reference, authorisation: new Uint8Array(body) })
  await wait()
  const { host } = new URL(backend)
  const onward = request(new URL(url, backend), { method, headers: { ...headers, host }, agent: false })
  onward.on("response", (answered) => {
    answer.writeHead(answered.statusCode ?? 502, answered.headers)
    // A stream of events must not wait for its end.
    answered.pipe(answer)
  })
  onward.on("error", () => answer.destroy())
  answer.on("close", () => onward.destroy())
  onward.end(body)
}
