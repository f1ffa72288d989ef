import fc from "fast-check"
import { expect, test } from "vitest"
import { nextState, type ConsultEvent, type ConsultState } from "../../src-main/consult/next-state.ts"
import { ownProblem } from "../../src-main/desk-problem.ts"
import { DISCLOSURE_STATES } from "../../src-protocol/api.ts"
import { REFUSAL_REASONS } from "../../src-protocol/reasons.ts"
import { anyCode, anyHash } from "../protocol/arbitraries.ts"

// test/desk/next-state.test.ts walks every state with one event of each kind. Here the events carry anything at all.

const anyText = fc.string({ maxLength: 20 })
const anyClinician = fc.record({
  name: anyText,
  uziNumber: fc.constantFrom("900000001", "900000002"),
  subscriberNumber: fc.constant("90000001"),
  roleCode: fc.constant("01.015"),
})
const anyState = fc.constantFrom(...DISCLOSURE_STATES)
const anyFound = fc.record({
  hash: anyHash,
  registeredAt: anyText,
  expiresAt: anyText,
  state: anyState,
  represented: fc.boolean(),
})
const anySigner = fc.record({
  name: anyText,
  uziNumber: fc.constantFrom("900000001", "900000002"),
  subscriberNumber: fc.constant("90000001"),
  roleCode: fc.constant("01.015"),
  agbCode: fc.constant("00000000"),
  profession: anyText,
  certificate: fc.uint8Array({ maxLength: 4 }),
  certificateSha256: anyHash,
  notBefore: fc.nat(),
  notAfter: fc.nat(),
})
const anyProblem = fc.boolean().map((retriable) => ownProblem("UNEXPECTED", "it", { retriable }))

function bare<Is extends ConsultEvent["is"]>(is: Is): fc.Arbitrary<{ readonly is: Is }> {
  return fc.constant({ is })
}

/** Those that lead onwards are drawn more often: chance would seldom get to a signature. */
const anyEvent: fc.Arbitrary<ConsultEvent> = fc.oneof(
  { weight: 3, arbitrary: bare("sign-in-started") },
  { weight: 3, arbitrary: fc.record({ is: fc.constant("signed-in" as const), clinician: anyClinician }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant("code-entered" as const), code: anyCode }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant("found" as const), disclosure: anyFound }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant("signer-accepted" as const), signer: anySigner }) },
  { weight: 3, arbitrary: bare("words-agree") },
  { weight: 3, arbitrary: bare("consent-given") },
  { weight: 3, arbitrary: bare("pin-entered") },
  { weight: 3, arbitrary: bare("signed") },
  { weight: 3, arbitrary: fc.record({ is: fc.constant("judged-fit" as const), signedAt: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant("posted" as const), state: anyState }) },
  fc.record({
    is: fc.constant("state-changed" as const),
    state: anyState,
    reason: fc.constantFrom(...REFUSAL_REASONS),
  }),
  fc.record({ is: fc.constant("words-differ" as const), problem: anyProblem }),
  fc.record({ is: fc.constant("failed" as const), problem: anyProblem, inOutbox: fc.boolean() }),
  bare("session-ended"),
  bare("cancelled"),
  bare("left"),
)
// Long rows, most of whose events have a place where they fall: an event out of its place changes nothing.
const anyRow = fc.array(anyEvent, { minLength: 30, maxLength: 250, size: "max" })

const SIGNING: readonly ConsultState["is"][] = ["entering-pin", "signing", "judging", "posting"]

/** What a signature would be about, in the states in which one is made. */
function subjectOf(state: ConsultState): unknown {
  if (
    state.is !== "entering-pin" &&
    state.is !== "signing" &&
    state.is !== "judging" &&
    state.is !== "posting"
  )
    return undefined
  const { clinician, code, disclosure, signer } = state
  return { clinician, code, disclosure, signer }
}

test("what is signed is what was found, compared and consented to, whatever events say and whenever they fall", () => {
  let signatures = 0
  fc.assert(
    fc.property(anyRow, (events) => {
      let state: ConsultState = { is: "signed-out" }
      let consented: unknown
      for (const event of events) {
        const before = state
        state = nextState(state, event)
        if (before.is === "reviewing" && event.is === "consent-given") consented = subjectOf(state)
        if (!SIGNING.includes(state.is)) continue
        // Consent is asked anew for each patient, and nothing that comes later changes what it was given for.
        expect(subjectOf(state)).toEqual(consented)
        expect(state).toMatchObject({ readBackAgreed: true, consentGiven: true })
        if (state.is === "signing" && before.is === "entering-pin") expect(event.is).toBe("pin-entered")
        if (state.is === "judging") signatures++
      }
    }),
    { numRuns: 400 },
  )
  expect(signatures).toBeGreaterThan(20)
})

test("from wherever a row of events leads, some few more lead to a clinician who can go on", () => {
  const problem = ownProblem("UNEXPECTED", "for good")
  const waysOut: readonly ConsultEvent[] = [{ is: "cancelled" }, { is: "failed", problem }, { is: "left" }]
  const ends = new Set<string>()
  fc.assert(
    fc.property(anyRow, (events) => {
      const there = events.reduce<ConsultState>(nextState, { is: "signed-out" })
      ends.add(there.is)
      const out = waysOut.reduce(nextState, there)
      expect(["ready", "signed-out"]).toContain(out.is)
    }),
    { numRuns: 400 },
  )
  expect(ends.size).toBeGreaterThan(8)
})
