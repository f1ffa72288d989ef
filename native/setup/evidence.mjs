import { runProgram } from "./run-program.mjs"

// `npm run evidence`: what other programs make of the corpus of bad packages, and what becomes of every bit that is turned,
// written into docs/security-evidence.md. After `--` go `verdicts` or `flips` for one of the two.
await runProgram("test", "the evidence, some ten minutes", ["test/corpus/write-evidence.ts"])
