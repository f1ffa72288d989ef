/**
 * Writes the tables of docs/security-evidence.md: what others make of the corpus, and what becomes of every bit of a package
 * that is turned. Needs Node 24, openssl, gpgsm and NSS's tools (package libnss3-tools); takes some ten minutes:
 *
 *     npm run evidence
 */
import { execFile } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"
import { flipMail, flipMessage, type BitFlips } from "./evidence/bit-flips.ts"
import { DOCUMENT, writeSection } from "./evidence/document.ts"
import { askOther, OTHERS, versions, type OtherVerdict } from "./evidence/others.ts"
import { flipTable, summaryTable, verdictTable, type Verdicts } from "./evidence/tables.ts"
import { factsOf, readCorpus, readPackage, type CorpusEntry } from "./support/corpus.ts"

const corpus = readCorpus()
const AT_ONCE = 4
const PRETTIER = join(import.meta.dirname, "../../node_modules/prettier/bin/prettier.cjs")

// One of the two alone where its name is given.
const [only] = process.argv.slice(2)
if (only !== "flips") await writeVerdicts()
if (only !== "verdicts") await writeFlips()
await promisify(execFile)(process.execPath, [PRETTIER, "--write", DOCUMENT])

async function writeVerdicts(): Promise<void> {
  const all = await askAll()
  const names = OTHERS.map(({ name }) => name)
  const good = all.filter(({ entry }) => entry.expect === "authorised")
  const bad = all.filter(({ entry }) => entry.expect !== "authorised")
  writeSection("versions", (await versions()).map((version) => `- ${version}`).join("\n"))
  writeSection("summary", summaryTable(names, all))
  writeSection("good packages", verdictTable(names, good))
  writeSection("bad packages", verdictTable(names, bad))
}

async function askAll(): Promise<readonly Verdicts[]> {
  const answers = new Map<CorpusEntry, Verdicts>()
  const waiting = [...corpus.cases]
  const work = async (): Promise<void> => {
    for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
      const others: OtherVerdict[] = []
      for (const other of OTHERS) others.push(await askOther(other, entry))
      answers.set(entry, { entry, others })
      if (waiting.length % 50 === 0) console.log(`${waiting.length} packages to go`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return corpus.cases.flatMap((entry) => answers.get(entry) ?? [])
}

async function writeFlips(): Promise<void> {
  const [rsa, elliptic] = corpus.cases
  for (const [name, entry] of [["RSA-2048", rsa] as const, ["P-256", elliptic] as const]) {
    if (entry === undefined) throw new TypeError("the corpus is empty")
    const facts = await factsOf(corpus, entry)
    const found: BitFlips[] = [
      await flipMail(readPackage(entry), facts),
      await flipMessage(readPackage(entry), facts),
    ]
    writeSection(
      `bit flips ${name}`,
      found.map((flips) => `### ${name}: the ${flips.form}\n\n${flipTable(flips)}`).join("\n\n"),
    )
    console.log(`${name}: every bit turned`)
  }
}
