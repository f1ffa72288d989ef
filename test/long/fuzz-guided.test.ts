import { expect, test } from "vitest"
import { runFuzzer } from "../fuzz/guided/run-fuzzer.ts"
import { testPki } from "../support/test-pki.ts"

/** With the ten minutes that `npm run test:long` gives to test/fuzz, an hour; `VRIJGAVE_LONG_FUZZ_SECONDS` for another time. */
const SECONDS = Number(process.env["VRIJGAVE_LONG_FUZZ_SECONDS"] ?? "3000")

test("no reader fails in the best part of an hour", { timeout: SECONDS * 1_000 + 300_000 }, async () => {
  const { directory } = await testPki()
  const report = await runFuzzer(["--pki", directory, "--seconds", String(SECONDS)])
  console.table(
    report.targets.map(({ target, executions, features, inputs }) => ({
      target,
      executions,
      features,
      inputs,
    })),
  )
  console.table(report.folders)
  expect(report.findings).toEqual([])
  expect(report.errors).toBe("")
})
