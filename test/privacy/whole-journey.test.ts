import { readFileSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { testPki } from "../support/test-pki.ts"
import { ABSENCES, DATA, tableOfAbsences } from "./support/promises.ts"
import { canReadMemory } from "./support/search.ts"
import { walkAndSearch, type Walk } from "./support/walk.ts"

const DOCUMENT = join(import.meta.dirname, "../../docs/privacy.md")

describe.runIf(canReadMemory())("after a whole journey", () => {
  let walk: Walk
  beforeAll(async () => {
    walk = await walkAndSearch(await testPki())
  })

  test.each(ABSENCES)("$moment the $owner's $place holds none of what must not be there", (absence) => {
    const { moment, owner, place, data } = absence
    const there = walk.evidence.at(moment, owner, place)
    expect(there).toBeDefined()
    expect(data.filter((datum) => there?.includes(datum))).toEqual([])
  })

  test("the search finds what is there: the phone's own memory has it all, and the backend's files the seed it published", () => {
    const phone = walk.evidence.at("before publication", "phone", "memory")
    expect(phone).toEqual(DATA.filter((datum) => datum !== "PIN" && datum !== "address").sort())
    expect(walk.evidence.at("afterwards", "backend", "files")).toContain("seed")
    expect(walk.evidence.at("before publication", "phone", "files")).toContain("package")
  })

  test("the log has no reference, and says of each request no more than route, status and time", () => {
    expect(walk.log).not.toContain(walk.reference)
    expect(walk.log).toContain('{"is":"request","route":"publish","status":202,')
  })

  test("of a disclosure that was withdrawn nothing is left in the backend's files", () => {
    expect(walk.withdrawn).toEqual([])
  })
})

test("docs/privacy.md has the table of what is searched for", () => {
  // The columns are as wide as the form of the document wants them.
  const lines = readFileSync(DOCUMENT, "utf8").replace(/ +\|/g, " |").split("\n")
  expect(tableOfAbsences().filter((row) => !lines.includes(row))).toEqual([])
})
