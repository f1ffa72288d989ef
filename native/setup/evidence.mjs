import { runProgram } from "./run-program.mjs"

// `npm run evidence`: what other programs make of the corpus of bad packages, and what becomes of every bit that is turned,
// written into docs/security-evidence.md; `verdicts` or `flips` behind `--` for one of the two.
// `npm run evidence -- handover`: the figures of docs/handover.md.
const [word] = process.argv.slice(2)
if (word === "handover") {
  process.argv.splice(2, 1)
  await runProgram("test", "the figures of the hand-over, some minutes", ["test/handover/write-handover.ts"])
} else {
  await runProgram("test", "the evidence, some ten minutes", ["test/corpus/write-evidence.ts"])
}
