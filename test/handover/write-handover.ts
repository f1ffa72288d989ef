import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { callTables } from "./evidence/call-tables.ts"
import { caughtErrors } from "./evidence/caught-errors.ts"
import { handOverDocument } from "./evidence/document.ts"

/** Writes docs/handover.md; the first argument is the calls a row, the second the slips a cell. */
const calls = Number(process.argv[2] ?? 2_000)
const trials = Number(process.argv[3] ?? 20_000)

const caught = await caughtErrors(trials)
console.log(caught.join("\n"))
const { rows, goals } = await callTables(calls, (row) => {
  console.log(row)
})
console.log(goals.join("\n"))
const path = fileURLToPath(new URL("../../docs/handover.md", import.meta.url))
writeFileSync(path, handOverDocument({ trials, calls, caught, callRows: rows, goals }))
console.log(`written: ${path}`)
