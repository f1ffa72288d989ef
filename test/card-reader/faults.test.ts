import { describe, expect, test } from "vitest"
import { FAULTS } from "./faults/faults.ts"
import { openStage } from "./faults/open-stage.ts"
import { runCell } from "./faults/run-cell.ts"
import type { Stage } from "./faults/scene.ts"
import { STEPS } from "./faults/steps.ts"
import { openReader, readerOf } from "./support/open-reader.ts"

const found = await openReader()
let stage: Promise<Stage> | undefined

/** Each fault once, and each step at least once; all of them with all of them are the long run's. */
const SAMPLE: readonly (readonly [step: string, fault: string])[] = [
  ["signing", "removed"],
  ["comparing", "reset by another program"],
  ["entering-pin", "another person's card in its place"],
  ["posting", "pcscd stopped"],
  ["sign-in", "card process killed"],
  ["signing", "module hangs"],
  ["look-up", "PIN wrong"],
  ["signing", "PIN blocked"],
  ["reviewing", "another program takes the card"],
]

describe.skipIf("missing" in found)(
  "a fault in a step of the consult is told, ends well, and costs no package",
  () => {
    test.each(SAMPLE)("%s: %s", async (stepName, faultName) => {
      const step = STEPS.find(({ name }) => name === stepName)
      const fault = FAULTS.find(({ name }) => name === faultName)
      if (step === undefined || fault === undefined) throw new RangeError("no such step or fault")
      const cell = await runCell(await (stage ??= openStage(readerOf(found))), step, fault)
      expect(cell).toMatchObject({ hung: false, finished: true, posted: ["right"] })
      expect(cell.recoveredMilliseconds).toBeLessThan(5_000)
    })
  },
)
