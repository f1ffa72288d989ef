import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { ageOn, dutchDay, parseBirthDate } from "../../src-backend/representation/birth-date.ts"
import { redeemRepresentation } from "../../src-backend/representation/redeem-token.ts"
import { expectRefused, expectSentBack, lastOutcome } from "./support/expectations.ts"
import { codeOf, exchange, requestPath, RIGHT_DATE, errorOf as toldError, walk } from "./support/flow.ts"
import { openWorld, type World } from "./support/world.ts"

/** Walks with this birth date, as it stands in the query. */
async function withRaw(
  raw: string,
  known?: string,
): Promise<{ world: World; page: Awaited<ReturnType<typeof walk>> }> {
  const world = await openWorld()
  if (known !== undefined) await world.add({ subject: "father", birthDate: known })
  const path = requestPath({ MedMij_geboortedatum: undefined }, raw)
  const represented = known === undefined ? "mother" : "father"
  return { world, page: await walk(world.browser(), path, { represented }) }
}

const dated = (text: string) => `&MedMij_geboortedatum=${text}`

test("G01: the right birth date gives a code for the represented person", async () => {
  const { world, page } = await withRaw(dated(RIGHT_DATE))
  const { status, body } = await exchange(world, codeOf(page) ?? "")
  expect(status).toBe(200)
  expect(body["scope"]).toBe("eenofanderezorgaanbieder~48 onbehalfof")
  const kept = await world.server.memory.adapterFor("AccessToken").find(String(body["access_token"]))
  expect(kept).toMatchObject({ accountId: "mother" })
  expect(redeemRepresentation(world.server, String(body["access_token"]))).toBe(true)
  expect(redeemRepresentation(world.server, String(body["access_token"]))).toBe(false)
})

test("G02: without the parameter it is exception Vertegenwoordiging 3, as 1b", async () => {
  const { world, page } = await withRaw("")
  expectSentBack(page, "invalid_request")
  expect(lastOutcome(world)).toBe("Authorization interface Vertegenwoordiging 3")
})

test("G03: an empty value is a missing one", async () => {
  const { world, page } = await withRaw(dated(""))
  expectSentBack(page, "invalid_request")
  expect(lastOutcome(world)).toBe("Authorization interface Vertegenwoordiging 3")
})

test.each([
  "medmij_geboortedatum",
  "MedMij_geboortedatum[]",
  "MedMij_Geboortedatum",
  "MedMij%20geboortedatum",
])("G04: %s is another parameter, which is ignored", async (name) => {
  const { world, page } = await withRaw(`&${name}=${RIGHT_DATE}`)
  expectSentBack(page, "invalid_request")
  expect(lastOutcome(world)).toBe("Authorization interface Vertegenwoordiging 3")
})

const FULL_WIDTH = encodeURIComponent("１９７００９０１")
test.each(["1970-09-01", "01091970", "1970901", "197009011", "1970090A", "0x197009", "1970090.", FULL_WIDTH])(
  "G05: %s is not of the form JJJJMMDD",
  async (value) => {
    expectSentBack((await withRaw(dated(value))).page, "invalid_request")
  },
)

test.each(["19700230", "19690229", "19000229", "19701301", "19700931", "19700032", "19000001"])(
  "G06: there is no day %s",
  async (value) => {
    expectSentBack((await withRaw(dated(value))).page, "invalid_request")
  },
)

test("G07: 29 February of a leap year is a day, here of another", async () => {
  const { world, page } = await withRaw(dated("20000229"))
  expectRefused(page, world)
})

test.each(["%20", "+", "%09", "%0a", "%0d%0a", "%00", "%c2%a0"])(
  "G08: nothing is trimmed: %s before or after the date is malformed",
  async (space) => {
    const world = await openWorld()
    for (const value of [`${space}${RIGHT_DATE}`, `${RIGHT_DATE}${space}`]) {
      const path = requestPath({ MedMij_geboortedatum: undefined }, dated(value))
      expectSentBack(await walk(world.browser(), path), "invalid_request")
    }
  },
)

test.each(["20991231", "20990000", "99991231"])(
  "G09 (decision): a date in the future, %s, is malformed",
  async (value) => {
    expectSentBack((await withRaw(dated(value))).page, "invalid_request")
  },
)

test.each(["19700902", "19700109", "18700901", "19700900", "19700000"])(
  "G10: %s is not the date that the provider knows: exception Vertegenwoordiging 4",
  async (value) => {
    const { world, page } = await withRaw(dated(value))
    expectRefused(page, world)
    expect(lastOutcome(world)).toBe("Authorization interface Vertegenwoordiging 4")
  },
)

test.each([
  [RIGHT_DATE, RIGHT_DATE],
  [RIGHT_DATE, "19700902"],
  ["19700902", RIGHT_DATE],
  ["", RIGHT_DATE],
])("G11: twice, %s and %s, is malformed, never the first or the last", async (first, second) => {
  const { page } = await withRaw(dated(first) + dated(second))
  expectSentBack(page, "invalid_request")
})

describe("G12: what the provider does not know is never right", () => {
  test.each([RIGHT_DATE, "19700000"])("no date in the dossier, %s asked", async (value) => {
    const world = await openWorld()
    const { store } = world.server
    const dossier = { reference: "D-9", subject: "child", representatives: ["anna"], services: ["48"] }
    await store.transaction(({ dossiers }) => dossiers.add("90000123", dossier))
    const page = await walk(world.browser(), requestPath({ MedMij_geboortedatum: value }), {
      represented: "child",
    })
    expectRefused(page, world)
    expect(lastOutcome(world)).toBe("Authorization interface Vertegenwoordiging 4")
  })

  test("no dossier of the person", async () => {
    const world = await openWorld()
    const page = await walk(world.browser(), requestPath(), { represented: "a-stranger" })
    expectRefused(page, world)
    expect(lastOutcome(world)).toBe("Authorization interface 3")
  })
})

describe("G13: where the system behind does not answer, nobody gets a code", () => {
  test.each([
    ["fails", () => Promise.reject(new Error("down"))],
    ["hangs", () => new Promise<never>(() => undefined)],
  ])("it %s", async (_, find) => {
    const settings = { registerTimeoutMilliseconds: 50 }
    const world = await openWorld({ settings, parts: { register: { find } } })
    const page = await walk(world.browser(), requestPath())
    expect(page.trail.length).toBeGreaterThan(1)
    expect(toldError(page)).toBe("temporarily_unavailable")
    expect(codeOf(page)).toBeUndefined()
  })
})

test.each([
  ["ten thousand characters", "1".repeat(10_000)],
  ["SQL", "19700901'; DROP TABLE dossiers; --"],
  ["markup", "<script>alert(1)</script>"],
  ["a template", "${19700901}"],
])("G14: %s is malformed and never echoed", async (_, value) => {
  const { world, page } = await withRaw(dated(encodeURIComponent(value)))
  expectSentBack(page, "invalid_request")
  const answered = `${page.away?.href ?? ""}${page.html}${JSON.stringify([...page.headers])}`
  for (const form of [value, encodeURIComponent(value)]) {
    expect(answered).not.toContain(form)
    expect(JSON.stringify(world.log)).not.toContain(form)
  }
})

test.each([
  ["19720000", "19720000", true],
  ["19720500", "19720500", true],
  ["19720000", "19720500", false],
  ["19720500", "19720000", false],
  ["19720514", "19720500", false],
  ["19720500", "19720514", false],
])("G15: %s where the register holds %s: a code, %s", async (asked, known, isRight) => {
  const { world, page } = await withRaw(dated(asked), known)
  if (isRight) expect(codeOf(page)).toBeDefined()
  else expectRefused(page, world)
})

test("G16 (decision): 00000000 is malformed, also where the register holds no date at all", async () => {
  const { page } = await withRaw(dated("00000000"))
  expectSentBack(page, "invalid_request")
})

describe("a birth date", () => {
  const today = "20261122"

  test("is every day from 1850 to today, and no other text of eight digits", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1850-01-01"), max: new Date("2026-11-22"), noInvalidDate: true }),
        (date) => {
          const text = date.toISOString().slice(0, 10).replaceAll("-", "")
          expect(parseBirthDate(text, today)).toBe(text)
        },
      ),
    )
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{8}$/), (text) => {
        const [year, month, day] = [text.slice(0, 4), text.slice(4, 6), text.slice(6)]
        const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
        const isDay =
          !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`)
        const isPart = day === "00" && Number(month) <= 12
        const isPossible = (isDay || isPart) && Number(year) >= 1850 && text <= today
        expect(parseBirthDate(text, today)).toBe(isPossible ? text : undefined)
      }),
    )
  })

  test.each([
    ["20101122", 16],
    ["20101123", 15],
    ["20101100", 15],
    ["20100000", 15],
    ["20090000", 16],
    ["20080229", 18],
  ])("%s makes somebody %i at least on 22 November 2026", (birthDate, age) => {
    expect(ageOn(birthDate, today)).toBe(age)
  })

  test("begins in the Netherlands at midnight there", () => {
    expect(dutchDay(Date.parse("2026-11-21T22:59:59Z"))).toBe("20261121")
    expect(dutchDay(Date.parse("2026-11-21T23:00:00Z"))).toBe("20261122")
  })
})
