import { expect, test } from "vitest"
import { exceptionOf } from "../../src-backend/representation/exceptions.ts"
import { redeemRepresentation } from "../../src-backend/representation/redeem-token.ts"
import { expectErrorPage, expectRefused, expectSentBack, lastOutcome } from "./support/expectations.ts"
import { codeOf, errorOf, exchange, logIn, requestPath, RIGHT_DATE, SCOPE, walk } from "./support/flow.ts"
import { openWorld } from "./support/world.ts"

const FOR_SELF = "eenofanderezorgaanbieder~48"
const VERT_1 = "Authorization interface Vertegenwoordiging 1"

test.each([
  ["C01: valid", RIGHT_DATE],
  ["C02 (decision): garbage", "garbage'--"],
  ["C02 (decision): a date that is wrong", "19700902"],
])("%s as a birth date without onbehalfof is ignored, and not logged", async (_, value) => {
  const world = await openWorld()
  const path = requestPath({ scope: FOR_SELF, MedMij_geboortedatum: value })
  const page = await walk(world.browser(), path, {})
  const { body } = await exchange(world, codeOf(page) ?? "")
  expect(body["scope"]).toBe(FOR_SELF)
  expect(redeemRepresentation(world.server, String(body["access_token"]))).toBe(false)
  expect(JSON.stringify(world.log)).not.toContain(value)
})

test("C03: representation used though it was not asked for is exception Vertegenwoordiging 2: a page, no code", async () => {
  const world = await openWorld()
  const browser = world.browser()
  await browser.get(requestPath({ scope: FOR_SELF, MedMij_geboortedatum: undefined }))
  const page = await logIn(browser, { represented: "mother", misbehave: true })
  expect(page.html).toContain("U bent voor iemand anders ingelogd")
  expectRefused(await browser.post({ action: "leave" }), world)
  expect(lastOutcome(world)).toBe("Authorization interface Vertegenwoordiging 2")
})

test("C04: representation asked for and not used is exception Vertegenwoordiging 1: a page, no code", async () => {
  const world = await openWorld()
  const browser = world.browser()
  await browser.get(requestPath())
  const page = await logIn(browser, {})
  expect(page.html).toContain("U bent voor uzelf ingelogd")
  expectRefused(await browser.post({ action: "leave" }), world)
  expect(lastOutcome(world)).toBe(VERT_1)
})

test("C05: that goes for a person who gives his own birth date, too", async () => {
  const world = await openWorld()
  const page = await walk(world.browser(), requestPath({ MedMij_geboortedatum: "19950412" }), {})
  expectRefused(page, world)
  expect(lastOutcome(world)).toBe(VERT_1)
})

test.each([
  ["C06", `${FOR_SELF} ONBEHALFOF`],
  ["C06", `${FOR_SELF} onbehalfof~48`],
  ["C06", `${FOR_SELF} onbehalfof=1`],
  ["C08", "onbehalfof"],
  ["C09", `${SCOPE} umcharderwijk~4`],
  ["C09", "eenofanderezorgaanbieder~99 onbehalfof"],
  ["C09", "nietbestaand~48 onbehalfof"],
  ["C09", "eenofanderezorgaanbieder~53 onbehalfof"],
  ["C09", "eenofanderezorgaanbieder onbehalfof"],
  ["C09", "eenofanderezorgaanbieder~48  onbehalfof"],
  ["C09", "eenofanderezorgaanbieder@medmij~48 onbehalfof"],
  ["C09", ` ${SCOPE}`],
  ["C09", `openid ${SCOPE}`],
  ["C09", `${SCOPE} ${"a".repeat(10_000)}`],
  ["C21", `${FOR_SELF} onbehalfofchild`],
])("%s: the scope %s is refused as 1b", async (_, scope) => {
  const world = await openWorld()
  expectSentBack(await walk(world.browser(), requestPath({ scope })), "invalid_scope")
})

test.each([
  ["first", `onbehalfof ${FOR_SELF}`],
  ["last", `${FOR_SELF} onbehalfof`],
  ["in between", `${FOR_SELF} onbehalfof eenofanderezorgaanbieder~42`],
  ["twice (decision: once)", `onbehalfof ${FOR_SELF} onbehalfof`],
])("C07: onbehalfof may stand %s", async (_, scope) => {
  const world = await openWorld()
  const page = await walk(world.browser(), requestPath({ scope }))
  expect(codeOf(page)).toBeDefined()
  expect((await exchange(world, codeOf(page) ?? "")).status).toBe(200)
})

test.each([
  ["C10", "redirect_uri", { redirect_uri: "https://evil.example/cb", MedMij_geboortedatum: undefined }],
  ["C10", "redirect_uri and scope", { redirect_uri: "https://evil.example/cb", scope: undefined }],
  ["C11", "client_id", { client_id: "nobody.example", MedMij_geboortedatum: "19700902" }],
  ["C11", "client_id, missing", { client_id: undefined, MedMij_geboortedatum: "19700902" }],
])("%s: a wrong %s comes before every other fault: an error page", async (_, __, changes) => {
  const world = await openWorld()
  expectErrorPage(await walk(world.browser(), requestPath(changes)))
  expect(lastOutcome(world)).toBe("Authorization interface 1a")
})

test("C12: of several faults always the same one is answered: scope, birth date, PKCE", async () => {
  const world = await openWorld({ settings: { requireProofKey: true } })
  const answers: (string | undefined)[] = []
  for (const changes of [
    { scope: undefined, MedMij_geboortedatum: undefined },
    { MedMij_geboortedatum: undefined },
    {},
  ])
    answers.push(
      (await walk(world.browser(), requestPath(changes))).away?.searchParams.get("error_description") ?? "",
    )
  const told = (["scope", "birth-date-missing", "proof-key"] as const).map(
    (id) => exceptionOf(id).description,
  )
  expect(answers).toEqual(told)
})

test("C13: a wrong date, too young and without data together are refused as each one alone", async () => {
  const world = await openWorld()
  const young = `${new Date().getFullYear() - 10}0101`
  await world.add({ subject: "all", birthDate: young, services: [] })
  await world.add({ subject: "young", birthDate: young })
  await world.add({ subject: "empty", services: ["42"] })
  for (const [represented, date] of [
    ["all", RIGHT_DATE],
    ["mother", "19700902"],
    ["young", young],
    ["empty", RIGHT_DATE],
  ] as const)
    expectRefused(
      await walk(world.browser(), requestPath({ MedMij_geboortedatum: date }), { represented }),
      world,
    )
})

test("C14: until after the log-in, the right date and a wrong one are answered with the same bytes", async () => {
  const world = await openWorld()
  const seen: string[] = []
  for (const date of [RIGHT_DATE, "19700902"]) {
    const browser = world.browser()
    const pages = [
      await browser.get(requestPath({ MedMij_geboortedatum: date })),
      await browser.post({ action: "continue" }),
      await browser.post({ action: "who", acting: "anna" }),
    ]
    const parts = pages.map(({ status, html, headers }) => {
      // The clock may tick in between.
      const kept = [...headers].filter(([name]) => name !== "date")
      return [status, html, ...kept].join("\n")
    })
    seen.push(parts.join("\n").replace(/[A-Za-z0-9_-]{27,64}/g, "…"))
  }
  expect(seen[0]).toBe(seen[1])
})

test("C15: the same browser's second request with a wrong date gets no code", async () => {
  const world = await openWorld()
  const browser = world.browser()
  expect(codeOf(await walk(browser, requestPath()))).toMatch(/^.{20,}$/)
  const second = await walk(browser, requestPath({ MedMij_geboortedatum: "19700902" }))
  expect(codeOf(second)).toBeUndefined()
  expectRefused(second, world)
})

test("C15: nor does it get one without a log-in when the date is right", async () => {
  const world = await openWorld()
  const browser = world.browser()
  await walk(browser, requestPath())
  const landing = await browser.get(requestPath())
  expect(landing.away).toBeUndefined()
  expect(landing.html).toContain('value="continue"')
})

test("C16: in two tabs each transaction keeps its own date", async () => {
  const world = await openWorld()
  const right = world.browser()
  const other = right.tab()
  await right.get(requestPath())
  await other.get(requestPath({ MedMij_geboortedatum: "19700902" }))
  const [consent, refused] = [await logIn(right), await logIn(other)]
  expect(consent.html).toContain('value="agree"')
  expectRefused(await other.post({ action: "leave" }), world)
  expect(refused.html).not.toContain('value="agree"')
  expect(codeOf(await right.post({ action: "agree" }))).toBeDefined()
})

test("C16: a date in a form, in a page's address or on the way back changes nothing", async () => {
  const world = await openWorld()
  const browser = world.browser()
  const landing = await browser.get(requestPath({ MedMij_geboortedatum: "19700902" }))
  await browser.get(`${landing.address}?MedMij_geboortedatum=${RIGHT_DATE}`)
  await browser.post({ action: "continue", MedMij_geboortedatum: RIGHT_DATE })
  await browser.post({ action: "who", acting: "anna" })
  await browser.post({
    action: "confirm",
    acting: "anna",
    represented: "mother",
    MedMij_geboortedatum: RIGHT_DATE,
  })
  const page = await browser.post({ action: "agree", MedMij_geboortedatum: RIGHT_DATE }, landing.address)
  expect(page.away).toBeUndefined()
  expectRefused(await browser.post({ action: "leave" }, landing.address), world)
})

test("C17: neither the way back from the log-in nor the end of the flow can be walked twice, or by another", async () => {
  const world = await openWorld()
  const [browser, thief] = [world.browser(), world.browser()]
  const landing = await browser.get(requestPath())
  const consent = await logIn(browser)
  const returned = consent.trail.find(({ url }) => url.includes("artifact="))?.url ?? ""
  expect(returned).not.toBe("")
  for (const address of [landing.address, returned]) expect((await thief.get(address)).status).toBe(400)
  expect((await browser.get(returned)).html).toContain('value="agree"')
  const end = await browser.post({ action: "agree" }, landing.address)
  const resume = end.trail.at(-1)?.url ?? ""
  expect(resume).toContain("/auth/")
  for (const again of [browser, thief]) {
    const page = await again.get(resume)
    expect(page.status).toBe(400)
    expect(page.away).toBeUndefined()
  }
})

test("C17: an artifact of one transaction is worth nothing in another", async () => {
  const world = await openWorld()
  const [good, bad] = [world.browser(), world.browser()]
  await good.get(requestPath())
  const consent = await logIn(good)
  const artifact = new URL(consent.trail.find(({ url }) => url.includes("artifact="))?.url ?? "").search
  const landing = await bad.get(requestPath())
  await bad.post({ action: "continue" }, landing.address)
  const page = await bad.get(`${landing.address}/return${artifact}`)
  expect(page.html).toContain("Inloggen is niet gelukt")
})

test("C18: after a refusal nothing of the transaction can be done again", async () => {
  const world = await openWorld()
  const browser = world.browser()
  const landing = await browser.get(requestPath({ MedMij_geboortedatum: "19700902" }))
  await logIn(browser)
  for (const action of ["continue", "agree", "refuse", "cancel"]) {
    const page = await browser.post({ action }, landing.address)
    expect(page.html).toContain("De geboortedatum klopt niet")
  }
  expect(errorOf(await browser.post({ action: "leave" }, landing.address))).toBe("access_denied")
  expect((await browser.get(landing.address)).status).toBe(400)
})

test("C19: a birth date at the token endpoint is ignored", async () => {
  const world = await openWorld()
  const page = await walk(world.browser(), requestPath())
  const { status } = await exchange(world, codeOf(page) ?? "", { MedMij_geboortedatum: "19700902" })
  expect(status).toBe(200)
})

test("C20: there is no refresh token, by which one check would serve for longer", async () => {
  const world = await openWorld()
  const { body } = await exchange(world, codeOf(await walk(world.browser(), requestPath())) ?? "")
  expect(Object.keys(body).sort()).toEqual(["access_token", "expires_in", "scope", "token_type"])
  const again = await exchange(world, "", {
    grant_type: "refresh_token",
    refresh_token: "x",
    code: undefined,
  })
  expect(again.body["error"]).toMatch(/unsupported_grant_type|unauthorized_client|invalid_request/)
})

test.each([
  ["a child of ten", 10, "onbehalfofchild", true],
  ["a child of twelve", 13, "onbehalfofchild", false],
  ["a child of ten, as an adult", 10, "onbehalfof", false],
])("C21 (release 2.x): %s, %i years or so, with %s: a code, %s", async (_, years, word, isGranted) => {
  const world = await openWorld({ settings: { release: "2.x" } })
  const birthDate = `${new Date().getFullYear() - years}0101`
  await world.add({ subject: "child", birthDate })
  const path = requestPath({ scope: `eenofanderezorgaanbieder ${word}`, MedMij_geboortedatum: birthDate })
  const page = await walk(world.browser(), path, { represented: "child" })
  if (isGranted) expect(codeOf(page)).toBeDefined()
  else expectRefused(page, world)
})

test("C21 (release 2.x): the date is checked for a child as for anybody", async () => {
  const world = await openWorld({ settings: { release: "2.x" } })
  await world.add({ subject: "child", birthDate: `${new Date().getFullYear() - 10}0101` })
  const scope = "eenofanderezorgaanbieder onbehalfofchild"
  const browser = world.browser()
  expectSentBack(
    await walk(browser, requestPath({ scope, MedMij_geboortedatum: undefined })),
    "invalid_request",
  )
  const page = await walk(browser, requestPath({ scope, MedMij_geboortedatum: RIGHT_DATE }), {
    represented: "child",
  })
  expectRefused(page, world)
  const both = requestPath({ scope: `${scope} onbehalfof` })
  expectSentBack(await walk(browser, both), "invalid_scope")
})
