import { runProgram } from "./run-program.mjs"

// `npm start`: set up what is missing, build the windows, then the tester's desk under Node 24. What stands behind `--` is
// handed on: `npm start -- --data ./tester`, `npm start -- --desk-only --backend https://…`.
await runProgram("start", "the desk, and the patient's phone beside it", ["src-cli/main.ts", "desk"], {
  opensWindows: true,
})
