import type { BackendProblem } from "../../backend/backend-error.ts"
import type { ProblemText } from "../problem-text.ts"

const NEWEST = "Install the newest version, or ask your help desk."
const NEW_CODE = "Ask the patient for a new code."

/** English: what is the matter with the release system or the way to it, and what to do now. */
export const backendProblems: Readonly<Record<BackendProblem, ProblemText>> = {
  unreachable: {
    title: "No connection",
    sentence: "The release system cannot be reached.",
    steps: ["See that you are connected to the internet.", "Then try once more."],
  },
  "timed-out": {
    title: "No answer",
    sentence: "The release system does not answer in time.",
    steps: ["Try again in a minute."],
  },
  redirected: {
    title: "The network asks you to log in",
    sentence: "The network sends you to another page, perhaps to log in.",
    steps: ["Sign in to the network and try once more."],
  },
  "answer-too-large": {
    title: "A strange answer",
    sentence: "The answer was far too large, and not the release system's.",
    steps: ["Ask your help desk about the network settings."],
  },
  "malformed-answer": {
    title: "An unreadable answer",
    sentence: "The release system's answer cannot be read.",
    steps: ["Try once more.", "If it happens again, call your help desk."],
  },
  "unexpected-answer": {
    title: "Something else answered",
    sentence: "Something in the network answered instead of the release system.",
    steps: ["Try again in a minute."],
  },
  "malformed-request": {
    title: "This program is too old",
    sentence: "The release system does not understand this program.",
    steps: [NEWEST],
  },
  "payload-too-large": {
    title: "The message is too large",
    sentence: "The signed message is too large.",
    steps: ["Call your help desk."],
  },
  "reference-taken": {
    title: "The code is in use already",
    sentence: "This code is in use already.",
    steps: [NEW_CODE],
  },
  "puzzle-required": {
    title: "This program is too old",
    sentence: "The release system asks for something that this program does not know.",
    steps: [NEWEST],
  },
  "too-many-requests": {
    title: "One moment",
    sentence: "Too many codes were looked up in a row.",
    steps: ["Wait a moment and try once more."],
  },
  "not-found": {
    title: "This code is not known",
    sentence: "This code is not known, or no longer valid.",
    steps: [
      "Check the digits together with the patient.",
      "If they are right, ask the patient for a new code.",
    ],
  },
  gone: {
    title: "This disclosure is over",
    sentence: "This disclosure has ended and can no longer be signed.",
    steps: ["Ask the patient for a new code if need be."],
  },
  "not-signed-in": {
    title: "You are no longer signed in",
    sentence: "Your session has ended.",
    steps: ["Sign in again with your card."],
  },
  "already-authorised": {
    title: "Signed already",
    sentence: "Another clinician has signed this already.",
    steps: ["There is nothing left for you to do."],
  },
  refused: {
    title: "Refused",
    sentence: "The release system refuses this.",
    steps: ["Call your help desk."],
  },
  "revocation-unknown": {
    title: "Your card cannot be checked now",
    sentence: "It cannot be checked now whether your card was revoked.",
    steps: ["Try again in a few minutes."],
  },
  "budget-spent": {
    title: "The most for one day",
    sentence: "You have signed the highest number of disclosures for today.",
    steps: ["Ask a colleague."],
  },
  unavailable: {
    title: "The release system is away",
    sentence: "The release system is not available for the moment.",
    steps: ["Try again in a few minutes."],
  },
}
