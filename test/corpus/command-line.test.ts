import { describe, expect, test } from "vitest"
import { printCode } from "../../src-protocol/code.ts"
import { printInstant } from "../../src-protocol/instant.ts"
import { vrijgave, type Ran } from "../support/scripted-terminal.ts"
import { corpusPath, listsOf, readCorpus, type CorpusEntry } from "./support/corpus.ts"

const corpus = readCorpus()

/** `vrijgave verify` knows neither when a disclosure was registered nor which lists were seen before. */
const UNKNOWN_THERE: ReadonlySet<string> = new Set([
  "signed five days ago",
  "signed ten minutes and a second before it was registered",
  "an older list than one seen before",
])
/** It takes a list that is newer than the moment asked about for what was known later. */
const FROM_LATER = "a list of tomorrow"
/** What is no list of RFC 5280 at all is the fault of who asks, not of the package. */
const NO_LIST = "a list of version 1"

/** What can be asked there: it believes what a trust.json says, and that cannot demand QC statements in the test environment. */
const cases = corpus.cases.filter(
  ({ what, demandsQcStatements }) =>
    demandsQcStatements === undefined && !UNKNOWN_THERE.has(what) && what !== FROM_LATER && what !== NO_LIST,
)

function verify(entry: CorpusEntry): Promise<Ran> {
  const { file, trust = "trust.json", crls = "crls.pem" } = entry
  const lists = listsOf(entry).length === 0 ? [] : ["--crl", corpusPath(crls)]
  const facts = ["--trust", corpusPath(trust), ...lists, "--at", printInstant(corpus.at)]
  const expected = ["--hash", corpus.statement.hash, "--code", printCode(corpus.statement.code)]
  return vrijgave(["verify", corpusPath(file), ...facts, ...expected, "--json"])
}

function verdictOf({ printed }: Ran): Readonly<Record<string, unknown>> {
  const parsed: unknown = JSON.parse(printed)
  return Object.fromEntries(Object.entries(parsed ?? {}))
}

describe("vrijgave verify", () => {
  test.each(cases.filter((entry) => entry.expect !== "authorised"))(
    "refuses $file: $expect",
    async (entry) => {
      const ran = await verify(entry)
      expect(ran.exitCode).toBe(3)
      expect(verdictOf(ran)).toMatchObject({ verdict: "refused", reason: entry.expect })
    },
  )

  test.each(cases.filter((entry) => entry.expect === "authorised"))("authorises $file", async (entry) => {
    const ran = await verify(entry)
    expect(ran.exitCode).toBe(0)
    expect(verdictOf(ran)).toMatchObject({ verdict: "authorised", hash: corpus.statement.hash })
  })

  test.each(corpus.cases.filter(({ what }) => what === NO_LIST))(
    "asked with $file says that its list is none",
    async (entry) => {
      const ran = await verify(entry)
      expect(ran).toMatchObject({ exitCode: 2, printed: "" })
      expect(ran.told).toContain("this is no revocation list")
    },
  )
})
