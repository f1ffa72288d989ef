import { execFile } from "node:child_process"
import { readFile, writeFile } from "node:fs/promises"
import { cpus, release, totalmem } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { ROOT } from "./paths.ts"
import { partInMarkdown, type Part } from "./report.ts"

const run = promisify(execFile)
const FILE = join(ROOT, "docs", "performance.md")

/** Puts what a part found into its place in docs/performance.md; throws where the document has no place for it. */
export async function writeFigures(part: Part): Promise<void> {
  const text = await readFile(FILE, "utf8")
  const [before, rest] = splitAt(text, `<!-- begin ${part.letter} -->`)
  const [, after] = splitAt(rest, `<!-- end ${part.letter} -->`)
  const figures = `${partInMarkdown(part)}\n${await measuredOn()}`
  const place = [`<!-- begin ${part.letter} -->`, "", figures, "", `<!-- end ${part.letter} -->`].join("\n")
  await writeFile(FILE, before + place + after)
  // The lines of a table are of the width that the formatter wants.
  await run(process.execPath, [join(ROOT, "node_modules/prettier/bin/prettier.cjs"), "--write", FILE])
}

function splitAt(text: string, mark: string): readonly [before: string, after: string] {
  const at = text.indexOf(mark)
  if (at < 0) throw new Error(`${FILE} has no ${mark}`)
  return [text.slice(0, at), text.slice(at + mark.length)]
}

async function measuredOn(): Promise<string> {
  const [processor] = cpus()
  const { stdout } = await run("git", ["-C", ROOT, "rev-parse", "--short", "HEAD"])
  const machine = `${cpus().length} × ${processor?.model ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`
  const software = `Node ${process.versions.node} with OpenSSL ${process.versions.openssl}`
  return `Measured ${new Date().toISOString().slice(0, 16)}Z after commit ${stdout.trim()} on ${machine}; ${software}.`
}
