import { expect, test } from "vitest"
import { testPki } from "../support/test-pki.ts"
import { GUIDED_SHARE, secondsOf } from "./fuzz-seconds.ts"
import { percentReached, runFuzzer } from "./guided/run-fuzzer.ts"

const SECONDS = secondsOf(GUIDED_SHARE)
const TARGETS = [
  ...["answer", "batch", "certificate", "certificate-signed-anew", "cms", "code", "crl", "crl-signed-anew"],
  ...[
    "der",
    "ecdsa",
    "events",
    "http-accept",
    "http-publish",
    "http-receipt",
    "http-register",
    "http-request",
  ],
  ...["http-sign-in", "opaque", "outbox", "pem", "phone-state", "san", "smime", "statement", "trust"],
  ...["trustwords", "uzi-name", "verify", "verify-signed-anew", "web-eid"],
]

test(
  "no reader crashes, hangs or throws what it must not, however its input is changed",
  { timeout: SECONDS * 1_000 + 120_000 },
  async () => {
    const { directory } = await testPki()
    const report = await runFuzzer(["--pki", directory, "--seconds", String(SECONDS)])
    const tries = report.targets.reduce((sum, { executions }) => sum + executions, 0)
    console.log(
      `${tries} tries; ${percentReached(report, "src-protocol").toFixed(1)} % of the protocol's branches`,
    )
    expect(report.findings).toEqual([])
    expect(report.errors).toBe("")
    expect(report.targets.map(({ target }) => target).sort()).toEqual(TARGETS)
    // Seeds and corpus alone lead through more than this; with less, the fuzzer would not see what it does.
    expect(percentReached(report, "src-protocol")).toBeGreaterThan(65)
  },
)
