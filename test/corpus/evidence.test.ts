import { describe, expect, test } from "vitest"
import { DOCUMENT, readSection, rowsOf } from "./evidence/document.ts"
import { askOther, OPENSSL, versions, type OtherVerdict } from "./evidence/others.ts"
import { verdictCells } from "./evidence/tables.ts"
import { readCorpus, type CorpusEntry } from "./support/corpus.ts"

const corpus = readCorpus()
const EVERY = 7

/** Without the tools, or with other versions of them, there is nothing to compare: the reason why not. */
async function whyNotComparable(): Promise<string | undefined> {
  try {
    const [openssl = ""] = await versions()
    return readSection("versions").includes(openssl)
      ? undefined
      : `${DOCUMENT} was written with another openssl than ${openssl}`
  } catch (error) {
    return `a tool is missing: ${String(error)}`
  }
}

const reason = await whyNotComparable()
if (reason !== undefined) console.log(`The tables of others' verdicts are not compared: ${reason}`)

const COLUMNS_BEFORE_VERDICTS = 3
const written = new Map(
  [...rowsOf("good packages"), ...rowsOf("bad packages")].map((cells) => [cells[0] ?? "", cells] as const),
)

describe("the table of others' verdicts", () => {
  test("has every package of the corpus, with our verdict", () => {
    const ours = corpus.cases.map((entry) => verdictCells(entry, []))
    expect(ours.map(([number = ""]) => written.get(number)?.slice(0, COLUMNS_BEFORE_VERDICTS))).toEqual(ours)
  })

  test.skipIf(reason !== undefined).each(corpus.cases.filter((_, i) => i % EVERY === 0))(
    "says of $file what openssl says of it now",
    async (entry: CorpusEntry) => {
      const verdicts: OtherVerdict[] = []
      for (const other of OPENSSL) verdicts.push(await askOther(other, entry))
      const now = verdictCells(entry, verdicts)
      expect(written.get(now[0] ?? "")?.slice(0, now.length)).toEqual(now)
    },
  )
})
