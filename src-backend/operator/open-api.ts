import { z } from "zod"
import { ROUTES, type Caller, type Route } from "../../src-protocol/api.ts"
import { Problem, PROBLEM_MEDIA_TYPE } from "../../src-protocol/problems.ts"
import { PROBLEMS } from "../http/problem-error.ts"

/** The OpenAPI 3.1 document, made from the very schemas that requests are parsed with. */
export function openApiDocument(): unknown {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, route] of Object.entries<Route>(ROUTES)) {
    const path = route.path.replace(/:([A-Za-z]+)/g, "{$1}")
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) }
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Vrijgave reference backend",
      version: "1",
      license: { name: "EUPL-1.2", identifier: "EUPL-1.2" },
    },
    paths,
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
  }
}

function operation(name: string, route: Route): unknown {
  return {
    operationId: name,
    summary: route.summary,
    parameters: parametersOf(name, route),
    security: BEARER_CALLERS.has(route.caller) && name !== "register" ? [{ bearer: [] }] : [],
    ...(route.request === undefined
      ? {}
      : { requestBody: { required: true, content: contentOf(route.request, "input") } }),
    responses: { ...answersOf(route), ...problemsOf(route) },
  }
}

const BEARER_CALLERS: ReadonlySet<Caller> = new Set<Caller>(["phone", "desk-session", "status-token"])

function parametersOf(name: string, route: Route): readonly unknown[] {
  const inPath = [...route.path.matchAll(/:([A-Za-z]+)/g)].map(([, parameter]) => ({
    name: parameter,
    in: "path",
    required: true,
    schema: { type: "string" },
  }))
  if (name !== "pickUp") return inPath
  return [...inPath, { name: "wait", in: "query", schema: { type: "integer", minimum: 0, maximum: 60 } }]
}

function contentOf(described: z.ZodType | string, io: "input" | "output"): unknown {
  if (typeof described === "string") return { [described]: {} }
  return { "application/json": { schema: schemaOf(described, io) } }
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Readonly<Record<string, unknown>> {
  const members: [string, unknown][] = Object.entries(z.toJSONSchema(schema, { io }))
  // Inside an OpenAPI document the dialect is the document's.
  return Object.fromEntries<unknown>(members.filter(([name]) => name !== "$schema"))
}

function answersOf(route: Route): Record<string, unknown> {
  const entries = Object.entries(route.answers).map(([status, described]): [string, unknown] => {
    const content = described === undefined ? {} : { content: contentOf(described, "output") }
    return [status, { description: DESCRIPTIONS[status] ?? "The answer.", ...content }]
  })
  return Object.fromEntries(entries)
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  200: "The answer.",
  201: "Done, and on the disk.",
  202: "Taken, and on the disk.",
  204: "There is nothing to say.",
  304: "As the caller has it.",
}

function problemsOf(route: Route): Record<string, unknown> {
  const byStatus = Map.groupBy(route.problems, (code) => PROBLEMS[code].status)
  const schema = schemaOf(Problem, "output")
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      { description: codes.join(" or "), content: { [PROBLEM_MEDIA_TYPE]: { schema } } },
    ]),
  )
}
