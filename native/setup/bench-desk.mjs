import { runProgram } from "./run-program.mjs"

// `npm run bench:desk`: set up what is missing, make the windows anew, then measure them. After `--` go `--write` to put
// what was found into docs/desk-performance.md, and `--quick` for fewer rounds and consults.
await runProgram("test", "the desk's benchmarks", ["bench/desk/main.ts"], { opensWindows: true })
