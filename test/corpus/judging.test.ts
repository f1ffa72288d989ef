import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { webCrypto } from "../../src-crypto/web-crypto.ts"
import { JUDGING_REASONS } from "../../src-protocol/reasons.ts"
import { verifyAuthorisation } from "../../src-protocol/verify-authorisation.ts"
import {
  CORPUS_DIRECTORY,
  corpusPath,
  factsOf,
  outcomeOf,
  readCorpus,
  readPackage,
} from "./support/corpus.ts"

const corpus = readCorpus()
const bad = corpus.cases.filter((entry) => entry.expect !== "authorised")
const good = corpus.cases.filter((entry) => entry.expect === "authorised")

describe("the corpus", () => {
  test("has at least 120 bad packages and 10 good ones", () => {
    expect(bad.length).toBeGreaterThanOrEqual(120)
    expect(good.length).toBeGreaterThanOrEqual(10)
  })

  test("has more than one package for every reason of judging", () => {
    const counts = JUDGING_REASONS.map((reason) => bad.filter((entry) => entry.expect === reason).length)
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(2)
  })

  test("has a package for each line of its index and a line for each package", () => {
    const packages = readdirSync(CORPUS_DIRECTORY).filter((file) => file.endsWith(".eml"))
    expect(packages.sort()).toEqual(corpus.cases.map(({ file }) => file).sort())
  })

  test("says in one line, and once, what is the matter with each", () => {
    const lines = corpus.cases.map(({ what }) => what)
    expect(new Set(lines).size).toBe(lines.length)
    expect(lines.filter((line) => line === "" || line.includes("\n"))).toEqual([])
  })

  test("holds no private key", () => {
    const files = readdirSync(CORPUS_DIRECTORY, { recursive: true, encoding: "utf8" })
    const texts = files
      .filter((file) => /\.\w+$/.test(file))
      .map((file) => readFileSync(corpusPath(file), "latin1"))
    expect(texts.filter((text) => text.includes("PRIVATE KEY"))).toEqual([])
  })
})

describe.each([
  ["node:crypto", nodeCrypto],
  ["Web Crypto", webCrypto],
])("by the one function, with %s,", (_, crypto) => {
  test.each(bad)("$file is refused for $expect", async (entry) => {
    const verdict = await verifyAuthorisation(readPackage(entry), await factsOf(corpus, entry, crypto))
    expect(outcomeOf(verdict)).toBe(entry.expect)
  })

  test.each(good)("$file is authorised, and says what was signed", async (entry) => {
    const verdict = await verifyAuthorisation(readPackage(entry), await factsOf(corpus, entry, crypto))
    const { hash, code } = corpus.statement
    expect(verdict).toMatchObject({ is: "authorised", hash, ...code })
  })
})

test("whose lists may be believed is asked of the certificate at hand, whatever was judged before", async () => {
  const [usual] = good
  const forbidden = bad.find(({ what }) => what === "an authority that may not sign lists")
  if (usual === undefined || forbidden === undefined) throw new TypeError("the corpus lacks these")
  const outcomes: string[] = []
  for (const entry of [usual, forbidden, usual]) {
    outcomes.push(outcomeOf(await verifyAuthorisation(readPackage(entry), await factsOf(corpus, entry))))
  }
  expect(outcomes).toEqual(["authorised", "revocation-unknown", "authorised"])
})
