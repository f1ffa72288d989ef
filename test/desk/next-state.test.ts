import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { nextState, type ConsultEvent, type ConsultState } from "../../src-main/consult/next-state.ts"
import { ownProblem } from "../../src-main/desk-problem.ts"
import type { Clinician, FindAnswer } from "../../src-protocol/api.ts"
import type { SignerIdentity } from "../../src-protocol/signer-identity.ts"

const clinician: Clinician = {
  name: "Anna de Vries",
  uziNumber: "900000001",
  subscriberNumber: "90000001",
  roleCode: "01.015",
}
const disclosure: FindAnswer = {
  hash: "ab".repeat(32),
  registeredAt: "2026-11-22T10:00:00.000Z",
  expiresAt: "2026-11-22T14:00:00.000Z",
  state: "registered",
  represented: false,
}
const signer: SignerIdentity = {
  name: clinician.name,
  uziNumber: clinician.uziNumber,
  subscriberNumber: clinician.subscriberNumber,
  roleCode: clinician.roleCode,
  agbCode: "00000000",
  profession: "Huisarts",
  certificate: new Uint8Array([0x30]),
  certificateSha256: "cd".repeat(32),
  notBefore: 0,
  notAfter: 1,
}
const code = { reference: "123456", confirmation: "7890" }
const lasting = ownProblem("UNEXPECTED", "for good")
const passing = ownProblem("UNEXPECTED", "for now", { retriable: true })

const TO_THE_PIN: readonly ConsultEvent[] = [
  { is: "sign-in-started" },
  { is: "signed-in", clinician },
  { is: "code-entered", code },
  { is: "found", disclosure },
  { is: "signer-accepted", signer },
  { is: "words-agree" },
  { is: "consent-given" },
]

/** One of every kind of event, and more where what it carries matters. */
const EVENTS: readonly ConsultEvent[] = [
  { is: "sign-in-started" },
  { is: "signed-in", clinician },
  { is: "session-ended" },
  { is: "code-entered", code },
  { is: "found", disclosure },
  { is: "found", disclosure, warning: passing },
  { is: "signer-accepted", signer },
  { is: "words-agree" },
  { is: "words-differ", problem: lasting },
  { is: "declined", problem: lasting },
  { is: "consent-given" },
  { is: "pin-entered" },
  { is: "signed" },
  { is: "judged-fit", signedAt: 1 },
  { is: "posted", state: "authorised" },
  { is: "posted", state: "confirmed" },
  { is: "state-changed", state: "authorised" },
  { is: "state-changed", state: "confirmed" },
  { is: "state-changed", state: "refused", reason: "certificate-revoked" },
  { is: "state-changed", state: "registered", reason: "hash-mismatch" },
  { is: "failed", problem: lasting },
  { is: "failed", problem: passing },
  { is: "failed", problem: passing, inOutbox: true },
  { is: "cancelled" },
  { is: "back" },
  { is: "left" },
]

function signedOut(): ConsultState {
  return { is: "signed-out" }
}

/** Every state that any row of events leads to. */
function reachable(): readonly ConsultState[] {
  const known = new Map<string, ConsultState>([[JSON.stringify(signedOut()), signedOut()]])
  for (const state of known.values()) {
    for (const event of EVENTS) {
      const next = nextState(state, event)
      known.set(JSON.stringify(next), next)
    }
  }
  return [...known.values()]
}

/** The kinds of event that lead from one kind of state to another, in all reachable states. */
function edgesInto(is: ConsultState["is"]): readonly string[] {
  const edges = reachable().flatMap((state) =>
    EVENTS.filter((event) => state.is !== is && nextState(state, event).is === is).map(
      (event) => `${state.is} --${event.is}`,
    ),
  )
  return [...new Set(edges)].sort()
}

describe("the dialogue", () => {
  test("reaches every state there is", () => {
    expect([...new Set(reachable().map(({ is }) => is))].sort()).toEqual([
      ...["comparing", "done", "entering-pin", "following", "judging", "looking-up", "posting", "problem"],
      ...["ready", "reviewing", "signed-out", "signing", "signing-in"],
    ])
  })

  test("has one way to each step towards a signature", () => {
    expect(edgesInto("comparing")).toEqual(["looking-up --found", "reviewing --back"])
    expect(edgesInto("reviewing")).toEqual(["comparing --words-agree", "entering-pin --back"])
    expect(edgesInto("entering-pin")).toEqual(["reviewing --consent-given", "signing --failed"])
    expect(edgesInto("signing")).toEqual(["entering-pin --pin-entered"])
    expect(edgesInto("judging")).toEqual(["signing --signed"])
    expect(edgesInto("posting")).toEqual(["judging --judged-fit"])
    expect(edgesInto("following")).toEqual(["posting --posted"])
  })

  test("has a way out of every state, without a signature and without starting the program again", () => {
    const isOut = ({ is }: ConsultState): boolean => is === "ready" || is === "signed-out"
    for (const start of reachable()) {
      const known = new Map([[JSON.stringify(start), start]])
      for (const state of known.values()) {
        if (isOut(state)) break
        for (const event of EVENTS.filter((candidate) => candidate.is !== "pin-entered")) {
          const next = nextState(state, event)
          known.set(JSON.stringify(next), next)
        }
      }
      expect([...known.values()].some(isOut), `no way out of ${start.is}`).toBe(true)
    }
  })

  test("takes no event out of its place: the very same state is answered", () => {
    const places: Readonly<Partial<Record<ConsultEvent["is"], readonly ConsultState["is"][]>>> = {
      "sign-in-started": ["signed-out"],
      "signed-in": ["signing-in"],
      "code-entered": ["ready"],
      found: ["looking-up"],
      "signer-accepted": ["comparing", "reviewing"],
      "words-agree": ["comparing"],
      "words-differ": ["comparing"],
      "consent-given": ["reviewing"],
      "pin-entered": ["entering-pin"],
      signed: ["signing"],
      "judged-fit": ["judging"],
      posted: ["posting"],
      "state-changed": ["following"],
      cancelled: ["looking-up", "comparing", "reviewing", "entering-pin"],
      back: ["looking-up", "comparing", "reviewing", "entering-pin", "following", "done", "problem"],
      left: ["following", "done", "problem"],
    }
    for (const state of reachable()) {
      for (const event of EVENTS) {
        if (places[event.is]?.includes(state.is) === false) expect(nextState(state, event)).toBe(state)
      }
    }
  })

  test("never reaches a PIN, a signature or the post without words, consent and signer, however events fall", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 60 }), (events) => {
        let state = signedOut()
        let said = new Set<string>()
        for (const event of events) {
          const before = state
          state = nextState(state, event)
          if (state.is === "looking-up") said = new Set()
          if (state !== before) said.add(event.is)
          // What is gone back to has to be said again.
          if (state.is === "comparing") said.delete("words-agree")
          if (state.is === "comparing" || state.is === "reviewing") said.delete("consent-given")
          if (!["entering-pin", "signing", "judging", "posting"].includes(state.is)) continue
          for (const needed of ["found", "words-agree", "signer-accepted", "consent-given"])
            expect(said).toContain(needed)
          if (state.is !== "entering-pin") expect(said).toContain("pin-entered")
          if (state.is === "posting")
            expect([...said]).toEqual(expect.arrayContaining(["signed", "judged-fit"]))
        }
      }),
      { numRuns: 2_000 },
    )
  })

  test("asks for consent again for the next patient", () => {
    const confirmed: readonly ConsultEvent[] = [
      ...TO_THE_PIN,
      { is: "cancelled" },
      { is: "code-entered", code },
      { is: "found", disclosure },
      { is: "consent-given" },
      { is: "pin-entered" },
    ]
    expect(confirmed.reduce(nextState, signedOut()).is).toBe("comparing")
  })

  test("goes one step back at a time, and takes back what was said in it", () => {
    const back: readonly ConsultEvent[] = [{ is: "back" }]
    const entering = TO_THE_PIN.reduce(nextState, signedOut())
    expect(entering.is).toBe("entering-pin")
    const reviewing = back.reduce(nextState, entering)
    expect(reviewing).toMatchObject({ is: "reviewing", code, signer, readBackAgreed: true })
    expect(Object.keys(reviewing)).not.toContain("consentGiven")
    const comparing = back.reduce(nextState, reviewing)
    expect(comparing).toMatchObject({ is: "comparing", code, signer })
    expect(Object.keys(comparing)).not.toContain("readBackAgreed")
    expect(nextState(comparing, { is: "consent-given" })).toBe(comparing)
    expect(back.reduce(nextState, comparing)).toEqual({ is: "ready", clinician })
  })

  test("cannot be gone back in once the card is at work", () => {
    for (const state of reachable()) {
      if (["signing-in", "signing", "judging", "posting"].includes(state.is))
        expect(nextState(state, { is: "back" })).toBe(state)
    }
  })

  test("never holds a PIN, and carries no problem of an earlier try into a signature", () => {
    for (const state of reachable()) {
      expect(Object.keys(state)).not.toContain("pin")
      if (state.is === "signing") expect(Object.keys(state)).not.toContain("problem")
    }
  })

  test("keeps a package that is on its way when the session ends, and ends everything else", () => {
    for (const state of reachable()) {
      const after = nextState(state, { is: "session-ended" })
      if (state.is === "posting") expect(after).toBe(state)
      else if (["following", "done", "problem"].includes(state.is)) expect(after.is).toBe(state.is)
      else expect(after.is).toBe("signed-out")
      if (state.is !== "posting") expect(Object.keys(after)).not.toContain("clinician")
    }
  })
})
