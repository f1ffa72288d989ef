import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { cpus, loadavg, release } from "node:os"
import { join } from "node:path"

const FILE = join(import.meta.dirname, "../../../docs/faults.md")

/** Puts what a run found into its place in docs/faults.md, where UPDATE_FAULTS asks for it. Nothing is done elsewhere. */
export function writeSection(name: string, lines: readonly string[]): void {
  if (process.env["UPDATE_FAULTS"] === undefined || !existsSync(FILE)) return
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`]
  const text = readFileSync(FILE, "utf8")
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new RangeError(`docs/faults.md has no place for ${name}`)
  const section = [begin, "", ...lines, "", measured(), "", ""].join("\n")
  writeFileSync(FILE, text.slice(0, from) + section + text.slice(to))
}

function measured(): string {
  const load = loadavg()[0]?.toFixed(1) ?? "?"
  const [first] = cpus()
  const machine = `${String(cpus().length)} × ${first?.model ?? "processor"}, Linux ${release()}`
  const at = new Date().toISOString().slice(0, 16)
  return `Measured ${at}Z on ${machine}, Node ${process.versions.node}, at a load of ${load}.`
}
