import { runProgram } from "./run-program.mjs"

// `npm run demo`: one disclosure told step by step in the terminal. `npm run demo -- --dir D` hands D on.
await runProgram("start", "the demonstration: from a phone's hash to a published batch", [
  "src-cli/main.ts",
  "demo",
])
