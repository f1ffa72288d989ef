import type { Clinician, DisclosureState, FindAnswer } from "../../src-protocol/api.ts"
import type { Code } from "../../src-protocol/code.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import type { RefusalReason } from "../../src-protocol/reasons.ts"
import type { SignerIdentity } from "../../src-protocol/signer-identity.ts"
import type { DeskProblem } from "../desk-problem.ts"

/** The whole dialogue with a clinician on one page: which states there are, and which event leads from one to another. */
export type ConsultState =
  | { readonly is: "signed-out" }
  | { readonly is: "signing-in" }
  | { readonly is: "ready"; readonly clinician: Clinician }
  | { readonly is: "looking-up"; readonly clinician: Clinician; readonly code: Code }
  /** The two words are on both screens; `signer` is there once the signature certificate was judged fit. */
  | ({ readonly is: "comparing"; readonly signer?: SignerIdentity } & Patient)
  /** The patient said the words that the desk shows; holder, profession and certificate are shown, consent is asked. */
  | ({ readonly is: "reviewing"; readonly signer?: SignerIdentity } & Patient & ReadBack)
  | ({ readonly is: "entering-pin"; readonly problem?: DeskProblem } & Confirmed)
  | ({ readonly is: "signing" } & Confirmed)
  | ({ readonly is: "judging" } & Confirmed)
  | ({ readonly is: "posting"; readonly signedAt: Instant } & Confirmed)
  | ({ readonly is: "following"; readonly state: DisclosureState } & Signed)
  | ({ readonly is: "done"; readonly outcome: Outcome; readonly reason?: RefusalReason } & Signed)
  /** `clinician` is there while the session is; leaving the problem leads to `ready` or to `signed-out`. */
  | {
      readonly is: "problem"
      readonly problem: DeskProblem
      readonly clinician?: Clinician
      readonly inOutbox: boolean
    }

/** What came of it: `returned` when the phone found that the package is not for its code; it can be signed again. */
export type Outcome = "confirmed" | "refused" | "withdrawn" | "expired" | "returned"

export interface Patient {
  readonly clinician: Clinician
  readonly code: Code
  readonly disclosure: FindAnswer
  /** A warning that is no obstacle yet: the clocks of desk and backend differ. */
  readonly warning?: DeskProblem
}

interface ReadBack {
  readonly readBackAgreed: true
}

/** All that must be there before a PIN is asked for: there is no other way to get one of these. */
export interface Confirmed extends Patient, ReadBack {
  readonly consentGiven: true
  readonly signer: SignerIdentity
}

export interface Signed {
  /** Absent once the session ended: following goes on without it. */
  readonly clinician?: Clinician
  readonly code: Code
}

export type ConsultEvent =
  | { readonly is: "sign-in-started" }
  | { readonly is: "signed-in"; readonly clinician: Clinician }
  | { readonly is: "session-ended" }
  | { readonly is: "code-entered"; readonly code: Code }
  | { readonly is: "found"; readonly disclosure: FindAnswer; readonly warning?: DeskProblem }
  | { readonly is: "signer-accepted"; readonly signer: SignerIdentity }
  | { readonly is: "words-agree" }
  | { readonly is: "words-differ"; readonly problem: DeskProblem }
  /** The clinician does not sign on behalf of somebody else. */
  | { readonly is: "declined"; readonly problem: DeskProblem }
  | { readonly is: "consent-given" }
  /** The PIN itself is never in an event. */
  | { readonly is: "pin-entered" }
  | { readonly is: "signed" }
  | { readonly is: "judged-fit"; readonly signedAt: Instant }
  | { readonly is: "posted"; readonly state: DisclosureState }
  | { readonly is: "state-changed"; readonly state: DisclosureState; readonly reason?: RefusalReason }
  /** An effect that was under way failed; `inOutbox`: the package lies in the outbox and will be sent. */
  | { readonly is: "failed"; readonly problem: DeskProblem; readonly inOutbox?: boolean }
  | { readonly is: "cancelled" }
  /** One step back. What was confirmed in the step that is gone back to has to be confirmed again. */
  | { readonly is: "back" }
  /** The clinician has read the outcome or the problem, or leaves the following to itself. */
  | { readonly is: "left" }

/** The state after an event. One that has no place in this state changes nothing: the very same state is answered. */
export function nextState(state: ConsultState, event: ConsultEvent): ConsultState {
  if (event.is === "session-ended") return afterSession(state)
  if (event.is === "failed") return afterFailure(state, event.problem, event.inOutbox === true)
  switch (state.is) {
    case "signed-out":
      return event.is === "sign-in-started" ? { is: "signing-in" } : state
    case "signing-in":
      return event.is === "signed-in" ? { is: "ready", clinician: event.clinician } : state
    case "ready":
      return event.is === "code-entered"
        ? { is: "looking-up", clinician: state.clinician, code: event.code }
        : state
    case "looking-up":
      return event.is === "found" ? comparing(state, event) : cancelled(state, event)
    case "comparing":
      return afterComparing(state, event)
    case "reviewing":
      return afterReviewing(state, event)
    case "entering-pin":
      return afterEnteringPin(state, event)
    case "signing":
      return event.is === "signed" ? { is: "judging", ...confirmed(state) } : state
    case "judging":
      return event.is === "judged-fit"
        ? { is: "posting", signedAt: event.signedAt, ...confirmed(state) }
        : state
    case "posting":
      return event.is === "posted" ? following(state, event.state) : state
    case "following":
      return afterFollowing(state, event)
    case "done":
    case "problem":
      return event.is === "left" || event.is === "back" ? readyOrSignedOut(state.clinician) : state
  }
}

type State<Is extends ConsultState["is"]> = Extract<ConsultState, { is: Is }>
type Event<Is extends ConsultEvent["is"]> = Extract<ConsultEvent, { is: Is }>

function comparing({ clinician, code }: State<"looking-up">, event: Event<"found">): ConsultState {
  const { disclosure, warning } = event
  return { is: "comparing", clinician, code, disclosure, ...(warning === undefined ? {} : { warning }) }
}

function afterComparing(state: State<"comparing">, event: ConsultEvent): ConsultState {
  if (event.is === "signer-accepted") return { ...state, signer: event.signer }
  if (event.is === "words-agree") return { ...state, is: "reviewing", readBackAgreed: true }
  if (event.is === "words-differ" || event.is === "declined")
    return problem(event.problem, state.clinician, false)
  return cancelled(state, event)
}

function afterReviewing(state: State<"reviewing">, event: ConsultEvent): ConsultState {
  const { signer } = state
  if (event.is === "signer-accepted") return { ...state, signer: event.signer }
  if (event.is === "consent-given" && signer !== undefined) {
    return { ...state, is: "entering-pin", signer, consentGiven: true }
  }
  if (event.is === "declined") return problem(event.problem, state.clinician, false)
  if (event.is === "back")
    return { is: "comparing", ...patient(state), ...(signer === undefined ? {} : { signer }) }
  return cancelled(state, event)
}

function afterEnteringPin(state: State<"entering-pin">, event: ConsultEvent): ConsultState {
  if (event.is === "pin-entered") return { is: "signing", ...confirmed(state) }
  if (event.is === "back")
    return { is: "reviewing", ...patient(state), readBackAgreed: true, signer: state.signer }
  return cancelled(state, event)
}

function afterFollowing(state: State<"following">, event: ConsultEvent): ConsultState {
  if (event.is === "left" || event.is === "back") return readyOrSignedOut(state.clinician)
  if (event.is !== "state-changed") return state
  const outcome = outcomeOf(event.state)
  if (outcome === undefined) return { ...state, state: event.state }
  return {
    is: "done",
    outcome,
    ...signed(state),
    ...(event.reason === undefined ? {} : { reason: event.reason }),
  }
}

function outcomeOf(state: DisclosureState): Outcome | undefined {
  if (state === "authorised") return undefined
  return state === "registered" ? "returned" : state
}

function following(state: State<"posting">, disclosureState: DisclosureState): ConsultState {
  return afterFollowing(
    { is: "following", state: disclosureState, ...signed(state) },
    {
      is: "state-changed",
      state: disclosureState,
    },
  )
}

/** A wrong PIN, a card pulled out: what can be done again leads back to the PIN, with its problem beside it. */
function afterFailure(state: ConsultState, found: DeskProblem, inOutbox: boolean): ConsultState {
  switch (state.is) {
    case "signing":
      return found.retriable
        ? { is: "entering-pin", ...confirmed(state), problem: found }
        : problem(found, state.clinician, false)
    case "signing-in":
      return problem(found, undefined, false)
    case "looking-up":
    case "comparing":
    case "reviewing":
    case "judging":
      return problem(found, state.clinician, false)
    case "posting":
      return problem(found, state.clinician, inOutbox)
    case "following":
      return problem(found, state.clinician, false)
    case "signed-out":
    case "ready":
    case "entering-pin":
    case "done":
    case "problem":
      return state
  }
}

/** The card left or the session is over. What is signed goes its way: the following and what it came to stay on screen. */
function afterSession(state: ConsultState): ConsultState {
  switch (state.is) {
    case "following":
      return { is: "following", state: state.state, code: state.code }
    case "done": {
      const { outcome, code, reason } = state
      return { is: "done", outcome, code, ...(reason === undefined ? {} : { reason }) }
    }
    case "problem":
      return problem(state.problem, undefined, state.inOutbox)
    // The package is on its way: what comes of it ends this state, within the time that a call may take.
    case "posting":
    case "signed-out":
      return state
    case "signing-in":
    case "ready":
    case "looking-up":
    case "comparing":
    case "reviewing":
    case "entering-pin":
    case "signing":
    case "judging":
      return { is: "signed-out" }
  }
}

function cancelled(
  state: State<"looking-up" | "comparing" | "reviewing" | "entering-pin">,
  event: ConsultEvent,
): ConsultState {
  if (event.is !== "cancelled" && event.is !== "back") return state
  return { is: "ready", clinician: state.clinician }
}

function readyOrSignedOut(clinician: Clinician | undefined): ConsultState {
  return clinician === undefined ? { is: "signed-out" } : { is: "ready", clinician }
}

function problem(found: DeskProblem, clinician: Clinician | undefined, inOutbox: boolean): ConsultState {
  return { is: "problem", problem: found, inOutbox, ...(clinician === undefined ? {} : { clinician }) }
}

/** Nothing but what belongs to it: a problem of an earlier try must not travel along. */
function confirmed(state: Confirmed): Confirmed {
  return { ...patient(state), readBackAgreed: true, consentGiven: true, signer: state.signer }
}

function patient({ clinician, code, disclosure, warning }: Patient): Patient {
  return { clinician, code, disclosure, ...(warning === undefined ? {} : { warning }) }
}

function signed({ clinician, code }: Signed): Signed {
  return { code, ...(clinician === undefined ? {} : { clinician }) }
}
