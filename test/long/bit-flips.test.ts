import { describe, expect, test } from "vitest"
import { flipMail, flipMessage } from "../corpus/evidence/bit-flips.ts"
import { rowsOf } from "../corpus/evidence/document.ts"
import { flipTable } from "../corpus/evidence/tables.ts"
import { factsOf, readCorpus, readPackage } from "../corpus/support/corpus.ts"

const corpus = readCorpus()
const [rsa, elliptic] = corpus.cases
if (rsa === undefined || elliptic === undefined) throw new TypeError("the corpus is empty")
const TEN_MINUTES = 600_000

/** The rows of a table as `flipTable` writes it. */
function rowsIn(table: string): readonly string[] {
  return table.split("\n").filter((line) => !line.startsWith("| ---"))
}

describe.each([
  ["RSA-2048", rsa],
  ["P-256", elliptic],
])("of every bit of a package signed with %s", (name, entry) => {
  test(
    "none that is turned is accepted, none crashes, and the document has the figures",
    { timeout: TEN_MINUTES },
    async () => {
      const facts = await factsOf(corpus, entry)
      const found = [await flipMail(readPackage(entry), facts), await flipMessage(readPackage(entry), facts)]
      for (const { tallies } of found) {
        const faults = tallies.filter(
          (tally) => tally.acceptedUnchanged + tally.acceptedChanged + tally.threw > 0,
        )
        expect(faults).toEqual([])
      }
      const now = found.flatMap((flips) => rowsIn(flipTable(flips)))
      const written = rowsOf(`bit flips ${name}`).map((cells) => `| ${cells.join(" | ")} |`)
      expect(written).toEqual(now)
    },
  )
})
