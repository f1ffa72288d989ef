import { expect, test } from "vitest"
import { z } from "zod"
import { createApp } from "../../src-backend/app.ts"
import { PROBLEMS } from "../../src-backend/http/problem-error.ts"
import { ROUTES, type Route } from "../../src-protocol/api.ts"
import { PROBLEM_CODES } from "../../src-protocol/problems.ts"
import { drawDisclosure, pickUp, register, registered } from "./support/actors.ts"
import { castOfFile, inWorld } from "./support/cast.ts"
import { ask, problemOf } from "./support/world.ts"

const cast = castOfFile()

test("answers of phones' calls have one size, whether they are good news or a problem", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const phone = await drawDisclosure(world)
    const sizes = new Set<number>()
    sizes.add((await register(world, phone)).bytes.length)
    sizes.add((await register(world, { ...phone, hash: "0".repeat(64) })).bytes.length)
    sizes.add((await register(world, phone, { unknown: 1 })).bytes.length)
    sizes.add((await register(world, phone, { filler: "x".repeat(2_000) })).bytes.length)
    expect([...sizes]).toEqual([1_024])
    expect((await pickUp(world, { ...phone, pickupKey: "" })).bytes).toHaveLength(24 * 1_024)
  })
})

test("a body that is filled with spaces to the full size is read", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const { code, hash, pickupHash } = await drawDisclosure(world)
    const json = JSON.stringify({ reference: code.reference, hash, pickupHash })
    const [method, url] = ["POST", "/v1/disclosures"] as const
    const headers = { "content-type": "application/json; charset=utf-8" }
    const fill = (size: number): Promise<{ statusCode: number }> =>
      world.app.inject({ method, url, headers, payload: json.padEnd(size, " ") })
    expect((await fill(1_025)).statusCode).toBe(413)
    expect((await fill(1_024)).statusCode).toBe(201)
  })
})

test("an answer is JSON without a charset, which that media type does not have", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const answer = await register(world, await drawDisclosure(world))
    expect(answer.headers["content-type"]).toBe("application/json")
  })
})

test("a problem is problem+json with a type, a title and its own status", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const answer = await ask(world, { method: "GET", path: "/v1/crls/00" })
    expect(answer.headers["content-type"]).toBe("application/problem+json")
    expect(answer.body).toEqual({
      type: "urn:vrijgave:problem:not-found",
      title: "There is nothing here for you.",
      status: 404,
    })
  })
})

test("a detail never quotes what was sent", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const answer = await register(world, await drawDisclosure(world), { hash: "quoted-value" })
    expect(String(answer.body["detail"])).toContain("hash")
    expect(JSON.stringify(answer.body)).not.toContain("quoted-value")
  })
})

test.each([
  ["GET", "/"],
  ["GET", "/v1"],
  ["GET", "/v1/disclosures"],
  ["DELETE", "/v1/disclosures"],
  ["GET", "/v1/sessions"],
  ["GET", "/metrics"],
  ["GET", "/openapi.json"],
  ["GET", "/v1/batches/%E0%A4%A"],
] as const)("%s %s is nothing for anyone", async (method, path) => {
  await inWorld(cast.get().pki, {}, async (world) => {
    expect([400, 404]).toContain((await ask(world, { method, path })).status)
  })
})

test("answers are not cached unless they say so, and carry the backend's own time", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const { headers } = await pickUp(world, await registered(world))
    expect(headers["cache-control"]).toBe("no-store")
    expect(Date.parse(String(headers.date))).toBe(Math.floor(world.now() / 1_000) * 1_000)
  })
})

test("a fault of our own is a problem without a word about it, and the log has no message of it", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const store = {
      ...world.backend.store,
      transaction: () => Promise.reject(new Error("row 123456 is odd")),
    }
    const app = createApp({ ...world.backend, store })
    const answer = await register({ ...world, app }, await drawDisclosure(world))
    await app.close()
    expect(problemOf(answer)).toEqual({ status: 503, code: "unavailable" })
    expect(JSON.stringify([answer.body, world.log])).not.toContain("123456")
    expect(world.log).toContainEqual(
      expect.objectContaining({ is: "fault", where: "register", error: "Error" }),
    )
  })
})

test("every problem code has a status and a title", () => {
  expect(Object.keys(PROBLEMS).sort()).toEqual([...PROBLEM_CODES].sort())
})

const Document = z.object({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ operationId: z.string(), responses: z.looseObject({}) })),
  ),
})

test("the OpenAPI document has every route with every answer, and no dialect of its own within", async () => {
  await inWorld(cast.get().pki, {}, async ({ operator }) => {
    const response = await operator.inject("/openapi.json")
    const { openapi, paths } = Document.parse(response.json())
    expect(openapi).toMatch(/^3\.1\./)
    expect(response.payload).not.toContain("$schema")
    for (const [name, route] of Object.entries<Route>(ROUTES)) {
      const operation = paths[route.path.replace(/:(\w+)/g, "{$1}")]?.[route.method.toLowerCase()]
      expect(operation?.operationId).toBe(name)
      const statuses = Object.keys(operation?.responses ?? {})
      expect(statuses).toEqual(expect.arrayContaining(Object.keys(route.answers)))
      expect(statuses).toEqual(
        expect.arrayContaining(route.problems.map((code) => String(PROBLEMS[code].status))),
      )
    }
  })
})

test("requests are counted by route and status", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    await pickUp(world, await registered(world))
    const { payload, headers } = await world.operator.inject("/metrics")
    expect(headers["content-type"]).toContain("text/plain; version=0.0.4")
    expect(payload).toContain('vrijgave_requests_total{route="register",status="201"} 1')
    expect(payload).toContain('vrijgave_requests_total{route="pickUp",status="204"} 1')
  })
})
