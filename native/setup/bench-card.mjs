import { runProgram } from "./run-program.mjs"

// `npm run bench:card`: from a card put into the virtual reader to its holder shown, and from the PIN to the package. With
// `-- --write` the figures go into docs/card-performance.md.
await runProgram("test", "the chipcard's benchmark", ["bench/card/main.ts"], { opensWindows: true })
