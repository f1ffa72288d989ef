import { describe, expect, test } from "vitest"
import type { FaultParty } from "./fault-points.ts"
import { cardOfFile } from "./support/card-of-file.ts"
import { liveThrough } from "./support/live-through.ts"

const card = cardOfFile()

/** What patient or clinician is told for each: a code that has its plain words. */
const FAULTS: readonly (readonly [party: FaultParty, at: string, told: readonly string[]])[] = [
  ["phone", "register: before open phone.json.new", ["state-not-written"]],
  ["phone", "publish: before writeFile phone.json.new #3", ["state-not-written"]],
  ["phone", "publish: after rename to phone.json #3", ["state-not-written"]],
  ["desk", "post: before writeFile (package).json.writing", ["OUTBOX_UNWRITABLE"]],
  ["desk", "post: before remove (package).json", []],
  ["backend", "accept: before COMMIT #2", ["unavailable"]],
  ["backend", "publish: before COMMIT #2", ["backend-unavailable"]],
]

/** Where a disk that lets nothing be removed is another thing than a full one. */
const READ_ONLY = FAULTS.filter(([party, at]) => party === "desk" || at.includes("writeFile phone"))

describe.each([
  ["full", "ENOSPC", FAULTS],
  ["read-only", "EROFS", READ_ONLY],
] as const)("a disk that is %s (%s)", (_, kind, faults) => {
  test.each(faults)("at a %s, from %s on, is told as such, and then it goes on", async (party, at, told) => {
    const walked = await liveThrough({ party, at, kind }, card())
    expect(walked.told).toEqual(told)
    expect(walked.deaths).toBe(0)
  })
})
