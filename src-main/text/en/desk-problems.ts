import type { OwnProblem } from "../../desk-problem.ts"
import type { OutboxProblem } from "../../outbox/outbox-error.ts"
import type { ProblemText } from "../problem-text.ts"

/** English: what the program itself finds, and what to do now. */
export const deskProblems: Readonly<Record<OwnProblem | OutboxProblem, ProblemText>> = {
  OUTBOX_UNWRITABLE: {
    title: "The signature was not stored",
    sentence: "The signature could not be stored and was not sent.",
    steps: ["See whether the disk is full.", "Then sign again."],
  },
  OUTBOX_DAMAGED: {
    title: "The outbox cannot be opened",
    sentence: "The outbox with signed messages cannot be opened. Nothing was thrown away.",
    steps: ["Call your help desk."],
  },
  CODE_MALFORMED: {
    title: "This is no code",
    sentence: "This is no code: a code has ten digits, or four words.",
    steps: ["Ask the patient to read the code once more."],
  },
  READ_BACK_DIFFERS: {
    title: "The words are not the same",
    sentence: "The patient's words are others. Nothing was signed.",
    steps: [
      "Check the code together with the patient.",
      "If the words differ again, ask the patient for a new code.",
    ],
  },
  CONSENT_MISSING: {
    title: "Consent is missing",
    sentence: "Without the patient's consent nothing is signed.",
    steps: ["Ask the patient for consent."],
  },
  JUDGED_UNFIT: {
    title: "The signature would be refused",
    sentence: "This signature would be refused and was not sent.",
    steps: ["Begin again with the patient's code.", "If it happens again, call your help desk."],
  },
  ALREADY_HANDLED: {
    title: "This code has been signed already",
    sentence: "A signature for this code has arrived already.",
    steps: ["There is nothing left for you to do."],
  },
  CLOCK_DIFFERS: {
    title: "The clock is not right",
    sentence: "This computer's clock differs from that of the release system.",
    steps: ["Have the clock set right before you sign."],
  },
  LAST_TRY: {
    title: "This is the last try",
    sentence: "One more wrong PIN, and the card is locked. Nothing was tried.",
    steps: ["If you are sure of the PIN, confirm that and type it.", "If not, look it up first."],
  },
  PIN_MISSING: {
    title: "Type your PIN",
    sentence: "No PIN was typed. No try was spent.",
    steps: ["Type the PIN of your card."],
  },
  TEST_CARD: {
    title: "This is a test card",
    sentence: "This is a test card. It works in the practice environment only.",
    steps: ["Use your real UZI pass.", "To practise, start the practice environment."],
  },
  REAL_CARD: {
    title: "This is a real card",
    sentence: "This is the practice environment. A real UZI pass does not work here.",
    steps: ["Use a test card.", "To sign for real, start the ordinary program."],
  },
  REPRESENTATION_DECLINED: {
    title: "You do not sign on behalf of someone else",
    sentence: "You have stopped this consult. Nothing was signed and nothing was released.",
    steps: ["Tell the representative why you do not sign.", "After that the code expires by itself."],
  },
  REPRESENTATION_ABSENT: {
    title: "There is no representation here",
    sentence: "At your care provider nobody can represent someone else.",
    steps: ["Ask your administrator if you did not expect this."],
  },
  DOSSIER_UNKNOWN: {
    title: "This dossier is not known",
    sentence: "Your care provider has no dossier with this reference. Nothing was changed.",
    steps: ["Check the reference of the dossier.", "Is it right? Then ask your administrator."],
  },
  BIRTH_DATE_MALFORMED: {
    title: "This cannot be a birth date",
    sentence: "This date does not exist, or lies in the future. Nothing was changed.",
    steps: ["Check the date, and fill it in again."],
  },
  OUT_OF_ORDER: {
    title: "This cannot be done now",
    sentence: "This step does not fit where the consult is now.",
    steps: ["Begin again with the patient's code."],
  },
  UNEXPECTED: {
    title: "Something went wrong",
    sentence: "Something went wrong that should not have.",
    steps: ["Begin again.", "If it happens again, call your help desk."],
  },
}
