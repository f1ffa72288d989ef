import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerFactory,
} from "fastify"
import { ROUTES, SMIME_MEDIA_TYPE } from "../src-protocol/api.ts"
import { SECOND, type Instant } from "../src-protocol/instant.ts"
import { listBatches, serveBatch } from "./aggregation/serve-batches.ts"
import { acceptAuthorisation } from "./authorisations/accept.ts"
import { followState } from "./authorisations/events.ts"
import { pickUpAuthorisation } from "./authorisations/pick-up.ts"
import { takeReceipt } from "./authorisations/receipt.ts"
import type { Backend } from "./backend.ts"
import { findDisclosure } from "./disclosures/find.ts"
import { registerDisclosure } from "./disclosures/register.ts"
import { withdrawDisclosure } from "./disclosures/withdraw.ts"
import { faultLine } from "./http/log.ts"
import { problemOfError } from "./http/problem-of-error.ts"
import { sendProblem, serveRoute } from "./http/serve-route.ts"
import { ProblemError } from "./http/problem-error.ts"
import { publish } from "./publications/publish.ts"
import { correctBirthDate } from "./representation/desk/correct-birth-date.ts"
import { listRefusals } from "./representation/desk/list-refusals.ts"
import { serveCrl } from "./revocation/serve-crl.ts"
import { signOut } from "./sessions/session.ts"
import { challenge, signIn } from "./sessions/sign-in.ts"

/** Bodies are read as bytes; what they must be is the route's affair. */
const BODY_MEDIA_TYPES = ["application/json", SMIME_MEDIA_TYPE]

/**
 * The calls of phones and desks over an open backend. It listens nowhere by itself: tests call it with `inject`,
 * `server.ts` gives it a server.
 */
export function createApp(backend: Backend, serverFactory?: FastifyServerFactory): FastifyInstance {
  const app = Fastify({
    logger: false,
    exposeHeadRoutes: false,
    forceCloseConnections: "idle",
    trustProxy: backend.config.trustedProxies.length === 0 ? false : [...backend.config.trustedProxies],
    ...(serverFactory === undefined ? {} : { serverFactory }),
  })
  readBodiesAsBytes(app)
  addCommonHeaders(app, backend)
  answerProblems(app, backend)
  countAndLog(app, backend)
  serveRoutes(app, backend)
  return app
}

function readBodiesAsBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(BODY_MEDIA_TYPES, { parseAs: "buffer" }, (_, body, done) => {
    done(null, body)
  })
}

function addCommonHeaders(app: FastifyInstance, backend: Backend): void {
  const date = dateText(backend.clock)
  app.addHook("onRequest", (_, reply, done) => {
    void reply.headers({
      // The desk compares its clock with this before it asks for a PIN.
      date: date(),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "strict-transport-security": "max-age=31536000",
    })
    done()
  })
}

/** The text of a date has whole seconds: it is made once a second. */
function dateText(clock: () => Instant): () => string {
  let second = Number.NaN
  let text = ""
  return () => {
    const now = Math.floor(clock() / SECOND)
    if (now !== second) {
      second = now
      text = new Date(now * SECOND).toUTCString()
    }
    return text
  }
}

function answerProblems(app: FastifyInstance, backend: Backend): void {
  app.setNotFoundHandler((_, reply) => sendProblem(reply, new ProblemError("not-found")))
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOfError(error)
    if (problem !== undefined) return sendProblem(reply, problem)
    backend.log(faultLine(routeOf(request), error))
    return sendProblem(reply, new ProblemError("unavailable"))
  })
}

function countAndLog(app: FastifyInstance, backend: Backend): void {
  app.addHook("onResponse", (request: FastifyRequest, reply: FastifyReply, done) => {
    const route = routeOf(request)
    const milliseconds = Math.round(reply.elapsedTime)
    backend.metrics.countRequest(route, reply.statusCode)
    backend.log({ is: "request", route, status: reply.statusCode, milliseconds })
    done()
  })
}

/** The name in `ROUTES`; never what was asked for. */
function routeOf(request: FastifyRequest): string {
  const config: unknown = request.routeOptions.config
  if (typeof config !== "object" || config === null || !("routeName" in config)) return "none"
  return typeof config.routeName === "string" ? config.routeName : "none"
}

function serveRoutes(app: FastifyInstance, backend: Backend): void {
  serveRoute(app, "register", ROUTES.register, (call) => registerDisclosure(backend, call))
  serveRoute(app, "find", ROUTES.find, (call) => findDisclosure(backend, call))
  serveRoute(app, "accept", ROUTES.accept, (call) => acceptAuthorisation(backend, call))
  serveRoute(app, "pickUp", ROUTES.pickUp, (call) => pickUpAuthorisation(backend, call))
  serveRoute(app, "receipt", ROUTES.receipt, (call) => takeReceipt(backend, call))
  serveRoute(app, "withdraw", ROUTES.withdraw, (call) => withdrawDisclosure(backend, call))
  serveRoute(app, "events", ROUTES.events, (call) => followState(backend, call))
  serveRoute(app, "publish", ROUTES.publish, (call) => publish(backend, call))
  serveRoute(app, "crl", ROUTES.crl, (call) => serveCrl(backend, call))
  serveRoute(app, "batches", ROUTES.batches, (call) => listBatches(backend, call))
  serveRoute(app, "batch", ROUTES.batch, (call) => serveBatch(backend, call))
  serveRoute(app, "challenge", ROUTES.challenge, (call) => challenge(backend, call))
  serveRoute(app, "signIn", ROUTES.signIn, (call) => signIn(backend, call))
  serveRoute(app, "signOut", ROUTES.signOut, (call) => signOut(backend, call))
  serveRoute(app, "representationRefusals", ROUTES.representationRefusals, (call) =>
    listRefusals(backend, call),
  )
  serveRoute(app, "correctBirthDate", ROUTES.correctBirthDate, (call) => correctBirthDate(backend, call))
}
