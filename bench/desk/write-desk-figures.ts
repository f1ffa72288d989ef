import { execFile } from "node:child_process"
import { readFile, writeFile } from "node:fs/promises"
import { cpus, loadavg, release, totalmem } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { ROOT } from "../support/paths.ts"
import { partInMarkdown, type Part } from "../support/report.ts"
import { RUNTIME_NAME } from "./launch.ts"

const FILE = join(ROOT, "docs", "desk-performance.md")

/** From here on the page is written by hand. */
const BY_HAND = "## What was done"

/** Writes the figures of docs/desk-performance.md anew; what was written by hand stays. */
export async function writeDeskFigures(parts: readonly Part[]): Promise<void> {
  const text = [
    "# How fast the desk is",
    "",
    INTRODUCTION,
    "",
    measuredOn(),
    "",
    ...parts.map(partInMarkdown),
    await writtenByHand(),
  ].join("\n")
  await writeFile(FILE, text)
  const prettier = join(ROOT, "node_modules/prettier/bin/prettier.cjs")
  await promisify(execFile)(process.execPath, [prettier, "--write", FILE])
}

async function writtenByHand(): Promise<string> {
  const before = await readFile(FILE, "utf8").catch(() => "")
  const begin = before.indexOf(BY_HAND)
  return begin === -1 ? "" : before.slice(begin)
}

const INTRODUCTION = `Measured by \`npm run bench:desk -- --write\` (\`bench/desk/\`): the built desk with a real backend on this machine, a
card on SoftHSM and simulated phones, driven by keyboard. ${
  RUNTIME_NAME === "Electron"
    ? "The windows are Electron's."
    : "The windows are those of the stand-in for Electron, on Chromium: nothing here is a claim about Electron. The ratios say what the desk itself adds."
}`

function measuredOn(): string {
  const [processor] = cpus()
  const machine = `${String(cpus().length)} × ${processor?.model ?? "unknown"}, ${String(Math.round(totalmem() / 2 ** 30))} GiB, Linux ${release()}`
  const [load = 0] = loadavg()
  return `Measured ${new Date().toISOString().slice(0, 16)}Z on ${machine}, Node ${process.versions.node}; load when it ended: ${load.toFixed(1)}.`
}
