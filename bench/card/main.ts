import { readFile, writeFile } from "node:fs/promises"
import { cpus, loadavg, release } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { startPrivateReaderIfPossible } from "../../native/virtual-card/private-reader.ts"
import { createVirtualCard } from "../../src-testkit/cards/create-virtual-card.ts"
import { benchPki } from "../support/bench-pki.ts"
import { insertion } from "./insertion.ts"
import { PIN } from "./open-reader.ts"
import { pinToPackage } from "./pin-to-package.ts"
import { findingsInMarkdown, isMet, printFinding, type Finding } from "./report.ts"

const FILE = join(import.meta.dirname, "../../docs/card-performance.md")
const [BEGIN, END] = ["<!-- begin figures -->", "<!-- end figures -->"]
const ROUNDS = { fast: 30, slow: 9 } as const
const QUICK = { fast: 3, slow: 2 } as const

const { values } = parseArgs({ options: { write: { type: "boolean" }, quick: { type: "boolean" } } })
const rounds = values.quick === true ? QUICK : ROUNDS
const found = await startPrivateReaderIfPossible()
if ("missing" in found) console.log(`skipped: ${found.missing}`)
else {
  const { reader } = found
  const pki = await benchPki(Date.now())
  const chip = await createVirtualCard({
    pki,
    profile: "arts",
    name: "Jannie Chip",
    pin: PIN,
    at: Date.now(),
  })
  const findings: Finding[] = []
  for (const link of ["fast", "slow"] as const) {
    await reader.setLink(link)
    for (const part of [insertion, pinToPackage])
      for (const finding of await part(reader, pki, chip, { rounds: rounds[link], link })) {
        findings.push(finding)
        console.log(printFinding(finding))
      }
  }
  await reader.stop()
  if (values.write === true) await write(findings)
  process.exitCode = findings.every(isMet) ? 0 : 1
}

async function write(findings: readonly Finding[]): Promise<void> {
  const text = await readFile(FILE, "utf8")
  const [from, to] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)]
  const [processor] = cpus()
  const machine = `${String(cpus().length)} × ${processor?.model ?? "unknown"}, Linux ${release()}, Node ${process.versions.node}`
  const load = loadavg()[0]?.toFixed(1) ?? "?"
  const at = new Date().toISOString().slice(0, 16)
  const lines = [
    ...findingsInMarkdown(findings),
    "",
    `Measured ${at}Z on ${machine}, at a load of ${load} by the end.`,
  ]
  await writeFile(FILE, [text.slice(0, from), "", ...lines, "", text.slice(to)].join("\n"))
}
