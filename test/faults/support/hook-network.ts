import { IncomingMessage, Server, ServerResponse } from "node:http"
import { ROUTES } from "../../../src-protocol/api.ts"
import { boundary } from "./boundary.ts"
import { wrapMethod } from "./wrap-method.ts"

/** The call's name in `ROUTES`. */
export function routeNameOf(method: string, path: string): string {
  const found = Object.entries(ROUTES).find(
    ([, route]) => route.method === method && patternOf(route.path).test(path),
  )
  return found?.[0] ?? "no route"
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}$`)
}

/** Makes every call that this process sends pass the boundary: before it leaves, and when its answer is there. */
export function hookFetch(): void {
  wrapMethod(globalThis, "fetch", (_, [url, options], run) => {
    const isObject = typeof options === "object" && options !== null
    const method: unknown = isObject && "method" in options ? options.method : "GET"
    const { pathname } = new URL(String(url))
    return boundary.pass(`send ${routeNameOf(String(method), pathname)}`, run)
  })
}

/** Makes every call to this process a step, with points before it is handled and before and after its answer. */
export function hookServer(): void {
  wrapMethod(Server.prototype, "emit", (_, [event, request, response], run) => {
    if (event !== "request") return run()
    if (!(request instanceof IncomingMessage) || !(response instanceof ServerResponse)) return run()
    const { pathname } = new URL(request.url ?? "/", "http://localhost")
    return boundary.inStep(routeNameOf(request.method ?? "", pathname), () => {
      boundary.begin("handling")
      pointsAroundEnd(response)
      return run()
    })
  })
}

function pointsAroundEnd(response: NodeJS.EventEmitter): void {
  wrapMethod(response, "end", (_, __, run) => {
    const answered = boundary.begin("answer")
    response.once("finish", answered)
    return run()
  })
}
