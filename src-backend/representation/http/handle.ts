import type { IncomingMessage, RequestListener, ServerResponse } from "node:http"
import type Provider from "oidc-provider"
import { faultLine } from "../../http/log.ts"
import { MOCK_PATH } from "../authentication/mock-authentication.ts"
import { FLOW_PATH } from "../oauth-provider.ts"
import { STYLE_PATH } from "../pages/layout.ts"
import { STYLE } from "../pages/style.ts"
import type { Representation } from "../representation.ts"
import { pageWordsIn } from "../text/words.ts"
import { authorize } from "./authorize.ts"
import { serveFlow } from "./flow-routes.ts"
import { languageOf } from "./language.ts"
import { readForm } from "./read-form.ts"
import { readQuery } from "./read-query.ts"
import { answerPage, answerPlainly, secure, send, targetOf } from "./respond.ts"

/** An authorization server that knows its own address. */
export interface Site {
  readonly server: Representation
  readonly provider: Provider
  readonly issuer: string
  toLibrary(request: IncomingMessage, response: ServerResponse): Promise<void>
}

interface Route {
  /** For the log: never the address that was asked for. */
  readonly name: string
  readonly methods: readonly string[]
  readonly matches: (path: string) => boolean
  readonly serve: (site: Site, request: IncomingMessage, response: ServerResponse) => Promise<void> | void
}

const METADATA_PATH = "/.well-known/oauth-authorization-server"
const toLibrary: Route["serve"] = (site, request, response) => site.toLibrary(request, response)

const ROUTES: readonly Route[] = [
  { name: "authorize", methods: ["GET"], matches: (path) => path === "/auth", serve: authorize },
  {
    name: "resume",
    methods: ["GET"],
    matches: (path) => /^\/auth\/[A-Za-z0-9_-]+$/.test(path),
    serve: toLibrary,
  },
  { name: "token", methods: ["POST"], matches: (path) => path === "/token", serve: toLibrary },
  { name: "metadata", methods: ["GET"], matches: (path) => path === METADATA_PATH, serve: toLibrary },
  { name: "flow", methods: ["GET", "POST"], matches: (path) => path.startsWith(FLOW_PATH), serve: serveFlow },
  {
    name: "authentication",
    methods: ["GET", "POST"],
    matches: (path) => path.startsWith(MOCK_PATH),
    serve: serveAuthentication,
  },
  { name: "style", methods: ["GET"], matches: (path) => path === STYLE_PATH, serve: serveStyle },
]

/** All that the server answers over HTTP. */
export function handlerOf(site: Site): RequestListener {
  return (request, response) => {
    const route = ROUTES.find(({ matches }) => matches(targetOf(request).path))
    const name = `representation.${route?.name ?? "none"}`
    const since = site.server.clock()
    response.once("finish", () => {
      const milliseconds = Math.max(0, site.server.clock() - since)
      site.server.log({ is: "request", route: name, status: response.statusCode, milliseconds })
    })
    secure(response, site.issuer.startsWith("https:"))
    answer(site, route, request, response).catch((error: unknown) => {
      site.server.log(faultLine(name, error))
      const language = languageOf(request)
      if (response.headersSent) response.destroy()
      else answerPlainly(response, 500, language, pageWordsIn(language).exceptions["provider-unavailable"])
    })
  }
}

async function answer(
  site: Site,
  route: Route | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (route === undefined) {
    answerPlainly(response, 404, languageOf(request))
  } else if (route.methods.includes(request.method ?? "")) {
    await route.serve(site, request, response)
  } else {
    response.setHeader("allow", route.methods.join(", "))
    answerPlainly(response, 405, languageOf(request))
  }
}

function serveStyle(_: Site, __: IncomingMessage, response: ServerResponse): void {
  send(response, 200, "text/css; charset=utf-8", STYLE)
}

/** The pages of the authentication service, where it is one that has its pages here. */
async function serveAuthentication(
  { server }: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { path, rawQuery } = targetOf(request)
  const language = languageOf(request)
  const form = request.method === "POST" ? await readForm(request) : readQuery("")
  const method = request.method === "POST" ? "POST" : "GET"
  const found =
    form && (await server.authentication.page?.({ method, path, query: readQuery(rawQuery), form, language }))
  if (found === undefined) answerPlainly(response, 400, language, pageWordsIn(language).lost)
  else answerPage(response, found)
}
