import Fastify, { type FastifyInstance } from "fastify"
import type { Backend } from "../backend.ts"
import { faultLine } from "../http/log.ts"
import { warnOfOccupancy } from "../disclosures/register.ts"
import { openApiDocument } from "./open-api.ts"

const METRICS_MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

/** The operator's calls, on a port of their own that only this machine reaches. */
export function createOperatorApp(backend: Backend): FastifyInstance {
  const app = Fastify({ logger: false, exposeHeadRoutes: false })
  app.setErrorHandler((error, _, reply) => {
    backend.log(faultLine("operator", error))
    return reply.code(500).send({ ready: false })
  })
  app.get("/healthz", () => ({ healthy: true }))
  app.get("/readyz", async (_, reply) => {
    const missing = await missingToBeReady(backend)
    return reply.code(missing.length === 0 ? 200 : 503).send({ ready: missing.length === 0, missing })
  })
  app.get("/metrics", async (_, reply) => {
    await measure(backend)
    return reply.type(METRICS_MEDIA_TYPE).send(backend.metrics.print())
  })
  app.get("/openapi.json", () => openApiDocument())
  return app
}

/** What is not as it must be for a disclosure to go its way now. */
async function missingToBeReady(backend: Backend): Promise<readonly string[]> {
  if (backend.stopping.aborted) return ["the backend is stopping"]
  try {
    await backend.store.transaction(({ disclosures }) => disclosures.nextDeadline())
  } catch (error) {
    backend.log(faultLine("readyz", error))
    return ["the store does not answer"]
  }
  const { stale, authorities } = backend.crls.missing(backend.clock())
  return stale === 0 ? [] : [`${stale} of ${authorities} revocation lists have run out or were never read`]
}

async function measure(backend: Backend): Promise<void> {
  warnOfOccupancy(backend, await backend.store.transaction(({ disclosures }) => disclosures.count()))
  backend.metrics.setRevocation(backend.crls.missing(backend.clock()))
}
