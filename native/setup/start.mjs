import { runProgram } from "./run-program.mjs"

// `npm start`: set up what is missing, then the guided demonstration under Node 24. `npm start -- --dir D` hands D on.
await runProgram("start", "the demonstration: from a phone's hash to a published batch", [
  "src-cli/main.ts",
  "demo",
])
