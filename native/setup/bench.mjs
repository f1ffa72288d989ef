import { runProgram } from "./run-program.mjs"

// `npm run bench`: set up what is missing, then the benchmarks under Node 24. After `--` go the letters of single parts,
// `--long` for ten minutes of load, `--write` to put what was found into docs/performance.md.
await runProgram("test", "the benchmarks", ["bench/main.ts"])
