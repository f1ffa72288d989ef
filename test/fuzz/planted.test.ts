import { expect, test } from "vitest"
import { runFuzzer } from "./guided/run-fuzzer.ts"

// Everything here is settled by the seed: no clock ends a run before its executions are done.
const UNHURRIED = ["--seconds", "600", "--until-found"]

function tries(target: string, executions: number, seed: number): string[] {
  return ["--targets", target, "--executions", String(executions), "--seed", String(seed), ...UNHURRIED]
}

test.each([1, 2])("a fault behind five conditions is found by coverage, seed %d", async (seed) => {
  const { findings } = await runFuzzer(tries("planted-throw", 100_000, seed))
  expect(findings.map(({ fault, what }) => `${fault}: ${what.replace(/:[0-9]+:[0-9]+/, "")}`)).toEqual([
    "threw: RangeError at test/fuzz/planted/toy-reader.ts: the planted fault",
  ])
})

test("chance alone does not find it in as many tries", async () => {
  const report = await runFuzzer([...tries("planted-throw", 100_000, 1), "--blind"])
  expect(report.targets.map(({ executions }) => executions)).toEqual([100_000])
  expect(report.findings).toEqual([])
})

test("a reader that takes too long is found", async () => {
  const { findings } = await runFuzzer(tries("planted-slow", 10_000, 1))
  expect(findings).toMatchObject([
    { target: "planted-slow", fault: "hung", what: "more CPU time than it may take" },
  ])
})

test("so is one that never ends, and the input is known", async () => {
  const { findings, targets } = await runFuzzer([
    ...tries("planted-endless", 50_000, 1),
    "--patience",
    "2000",
  ])
  expect(findings).toMatchObject([{ target: "planted-endless", fault: "hung", what: "it does not end" }])
  expect(targets).toEqual([])
  const [{ base64 } = { base64: "" }] = findings
  expect([...Buffer.from(base64, "base64").subarray(0, 2)]).toEqual([0x2a, 0x51])
})
