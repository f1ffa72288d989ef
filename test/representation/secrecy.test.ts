import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, test } from "vitest"
import { DAY, MINUTE } from "../../src-protocol/instant.ts"
import type { Page } from "./support/browser.ts"
import { expectRefused, lastOutcome } from "./support/expectations.ts"
import { codeOf, errorOf, exchange, logIn, requestPath, RIGHT_DATE, walk } from "./support/flow.ts"
import { openWorld, type World } from "./support/world.ts"

const WRONG = "19700902"
const TRACE = {
  "MedMij-Request-ID": "57510be1-9aa1-4f0e-8d53-6b1b2c3d4e5f",
  "X-Correlation-ID": "c0e7b545-1c2d-4e3f-8a9b-0c1d2e3f4a5b",
}

/** Everything that a walk showed: each address but the first, which is the client's own, every header and every page. */
function shownIn(pages: readonly Page[]): string {
  return pages
    .flatMap(({ trail, html }) => [
      html,
      ...trail.flatMap(({ url, headers }) => [
        url.includes("/auth?") ? "" : url,
        JSON.stringify([...headers]),
      ]),
    ])
    .join("\n")
}

test("S01: neither date is in any page, header, cookie or address of ours, nor what of it is right", async () => {
  const world = await openWorld()
  const browser = world.browser()
  const pages = [
    await browser.get(requestPath({ MedMij_geboortedatum: WRONG })),
    await browser.post({ action: "continue" }),
    await browser.post({ action: "who", acting: "anna" }),
    await browser.post({ action: "confirm", acting: "anna", represented: "mother" }),
    await browser.post({ action: "leave" }),
  ]
  const shown = shownIn(pages).replaceAll("Thu, 01 Jan 1970", "a cookie's end")
  for (const date of [WRONG, RIGHT_DATE]) expect(shown).not.toContain(date)
  for (const part of ["1970-09", "september", "1970"]) expect(shown.toLowerCase()).not.toContain(part)
})

/** The last answer, which is the one that the client's page is asked with, without what must differ. */
function lastAnswer({ trail, away, html }: Page, world: World): string {
  const { status, headers } = trail.at(-1) ?? new Response()
  const kept = [...headers].map(([name, value]) => (name === "date" ? "date" : `${name}: ${value}`))
  const told = away?.href.replace(encodeURIComponent(world.issuer), "ISS") ?? ""
  return [status, ...kept, html, told]
    .join("\n")
    .replaceAll(/(_[a-z_]+(?:\.sig)?)=[^;]*/g, "$1=…")
    .replaceAll(/path=\/auth\/[\w-]+/g, "path=…")
    .replaceAll(encodeURIComponent(world.issuer), "ISS")
    .replaceAll("&amp;", "&")
    .replaceAll(world.issuer, "ISS")
}

test("S02: every refusal is one and the same to the client: status, headers, body and length", async () => {
  const world = await openWorld()
  const young = `${new Date().getFullYear() - 10}0101`
  await world.add({ subject: "young", birthDate: young })
  await world.add({ subject: "empty", services: [] })
  await world.add({ subject: "unrepresented", representatives: [] })
  const refusals = {
    "Vertegenwoordiging 1": await walk(world.browser(), requestPath(), {}),
    "Vertegenwoordiging 2": await walk(
      world.browser(),
      requestPath({ scope: "eenofanderezorgaanbieder~48" }),
      { represented: "mother", misbehave: true },
    ),
    "Vertegenwoordiging 4": await walk(world.browser(), requestPath({ MedMij_geboortedatum: WRONG })),
    representative: await walk(world.browser(), requestPath(), { represented: "unrepresented" }),
    age: await walk(world.browser(), requestPath({ MedMij_geboortedatum: young }), { represented: "young" }),
    data: await walk(world.browser(), requestPath(), { represented: "empty" }),
    stranger: await walk(world.browser(), requestPath(), { represented: "stranger" }),
    consent: await refuseConsent(world),
    cancelled: await cancel(world),
  }
  const answers = new Map(Object.entries(refusals).map(([name, page]) => [name, lastAnswer(page, world)]))
  const first = answers.get("consent")
  expect(first).toContain("access_denied")
  for (const answer of answers.values()) expect(answer).toBe(first)
})

async function refuseConsent(world: World): Promise<Page> {
  const browser = world.browser()
  await browser.get(requestPath())
  await logIn(browser)
  await browser.post({ action: "refuse" })
  return browser.post({ action: "leave" })
}

async function cancel(world: World): Promise<Page> {
  const browser = world.browser()
  await browser.get(requestPath())
  await browser.post({ action: "continue" })
  await browser.post({ action: "cancel" })
  return browser.post({ action: "leave" })
}

test("S03: whichever digit is wrong, the same work is done (measured: docs/representation.md)", async () => {
  const world = await openWorld({ settings: { mismatchesPerRepresentative: 1_000 } })
  for (const date of ["18700901", "19700900", "19700902", "19710901"])
    expectRefused(await walk(world.browser(), requestPath({ MedMij_geboortedatum: date })), world)
})

test("S04: after five mismatches of one representative in 24 hours the right date, too, is refused, and the same", async () => {
  const world = await openWorld()
  await world.add({ subject: "father" })
  const wrong: string[] = []
  for (let i = 0; i < 5; i++) {
    // Of two persons: it is the representative who is counted.
    const represented = i % 2 === 0 ? "mother" : "father"
    const page = await walk(world.browser(), requestPath({ MedMij_geboortedatum: WRONG }), { represented })
    expectRefused(page, world)
    wrong.push(lastAnswer(page, world))
  }
  expect(world.log).toContainEqual({ is: "representation-locked" })
  const right = await walk(world.browser(), requestPath())
  expectRefused(right, world)
  expect(lastAnswer(right, world)).toBe(wrong[0])
  expect(lastOutcome(world)).toBe("Authorization interface Vertegenwoordiging 4")
  world.advance(DAY - MINUTE)
  expectRefused(await walk(world.browser(), requestPath()), world)
  world.advance(2 * MINUTE)
  expect(codeOf(await walk(world.browser(), requestPath()))).toBeDefined()
})

test("S04: the count outlives a restart, and attempts at the same time are all counted", async () => {
  let world = await openWorld()
  const attempts = Array.from({ length: 12 }, () => world.browser())
  for (const browser of attempts) await browser.get(requestPath({ MedMij_geboortedatum: WRONG }))
  await Promise.all(attempts.map((browser) => logIn(browser)))
  const { store } = world.server
  expect(await store.transaction(({ mismatches }) => mismatches.count(0))).toBe(5)
  world = await world.restart()
  expectRefused(await walk(world.browser(), requestPath()), world)
})

test("S05: one representative's mistakes lock nobody else out", async () => {
  const world = await openWorld()
  await world.add({ subject: "father", representatives: ["anna", "bert"] })
  for (let i = 0; i < 6; i++)
    await walk(world.browser(), requestPath({ MedMij_geboortedatum: WRONG }), { represented: "father" })
  const bert = { acting: "bert", represented: "father" }
  expect(codeOf(await walk(world.browser(), requestPath(), bert))).toBeDefined()
})

test("S06: the log has the exception and MedMij's two ids; no date, person, code, state or address", async () => {
  const world = await openWorld()
  const good = await walk(world.browser(), requestPath(TRACE))
  const { body } = await exchange(world, codeOf(good) ?? "")
  await walk(world.browser(), requestPath({ ...TRACE, MedMij_geboortedatum: WRONG }))
  await walk(world.browser(), requestPath({ MedMij_geboortedatum: "x" }))
  const log = JSON.stringify(world.log)
  const [requestId, correlationId] = [TRACE["MedMij-Request-ID"], TRACE["X-Correlation-ID"]]
  expect(world.log).toContainEqual({ is: "representation", outcome: "granted", requestId, correlationId })
  expect(world.log).toContainEqual({
    ...{ is: "representation", requestId, correlationId },
    outcome: "Authorization interface Vertegenwoordiging 4",
  })
  for (const secret of [
    RIGHT_DATE,
    WRONG,
    "anna",
    "mother",
    codeOf(good),
    String(body["access_token"]),
    "af0ifjsldkj",
    "/auth?",
  ])
    expect(log).not.toContain(secret)
})

test("S06: an id that is no UUID does not come into the log", async () => {
  const world = await openWorld()
  await walk(world.browser(), requestPath({ "MedMij-Request-ID": "19700901", "X-Correlation-ID": "<b>" }))
  expect(JSON.stringify(world.log)).not.toMatch(/19700901|<b>/)
})

test("S07: every answer keeps its address to itself and cannot be framed or stored", async () => {
  const world = await openWorld()
  const browser = world.browser()
  const pages = [
    await browser.get(requestPath({ client_id: "nobody.example" })),
    await browser.get(requestPath({ MedMij_geboortedatum: "x" })),
    await browser.get("/nothing-here"),
    await browser.get("/auth/nothing"),
    await browser.get("/request/nothing"),
    await browser.get("/.well-known/oauth-authorization-server"),
    await browser.get(requestPath()),
    await logIn(browser),
    await browser.post({ action: "agree" }),
  ]
  for (const { headers } of pages.flatMap(({ trail }) => trail)) {
    expect(headers.get("referrer-policy")).toBe("no-referrer")
    expect(headers.get("cache-control")).toBe("no-store")
    expect(headers.get("x-frame-options")).toBe("DENY")
    expect(headers.get("x-content-type-options")).toBe("nosniff")
    const policy = headers.get("content-security-policy") ?? ""
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain("unsafe")
  }
})

test("S08: after the flows no date, code, token or person who logged in is in any file of the server", async () => {
  const world = await openWorld()
  await world.add({ subject: "father", birthDate: "19610203", representatives: ["carla"] })
  const good = await walk(world.browser(), requestPath())
  const { body } = await exchange(world, codeOf(good) ?? "")
  await walk(world.browser(), requestPath({ MedMij_geboortedatum: WRONG }))
  await world.browser().get(requestPath({ MedMij_geboortedatum: "19610204" }))
  const files = await readdir(world.directory)
  const held = await Promise.all(files.map(async (file) => readFile(join(world.directory, file), "latin1")))
  const all = held.join("\n")
  for (const secret of [WRONG, "19610204", codeOf(good) ?? "", String(body["access_token"]), "af0ifjsldkj"])
    expect(all).not.toContain(secret)
  // What the provider itself knows is there: the search can find something.
  expect(all).toContain("19610203")
})

test("S08: an abandoned request is forgotten after its time", async () => {
  const world = await openWorld()
  const landing = await world.browser().get(requestPath())
  expect(landing.status).toBe(200)
  world.advance(11 * MINUTE)
  expect((await world.browser().get(landing.address)).status).toBe(400)
})

test("S09: every redirect is a 303, and no page of the flow is ever answered with 307", async () => {
  const world = await openWorld()
  const pages = [
    await walk(world.browser(), requestPath()),
    await walk(world.browser(), requestPath({ MedMij_geboortedatum: WRONG })),
    await world.browser().get(requestPath({ MedMij_geboortedatum: "x" })),
  ]
  const statuses = pages.flatMap(({ trail }) => trail.map(({ status }) => status))
  expect(statuses.every((status) => status === 303)).toBe(true)
  expect(errorOf(pages[1] ?? (await world.browser().get("/")))).toBe("access_denied")
})
