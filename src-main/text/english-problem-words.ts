import type { DeskProblemCode } from "../desk-problem.ts"

/** English: what is the matter, and what to do now. */
export const englishProblemWords: Readonly<Record<DeskProblemCode, string>> = {
  MODULE_MISSING: "The card reader's software was not found. Install SafeSign or ask your help desk.",
  MODULE_INVALID:
    "The card reader's software that is set cannot be used. Ask your help desk to look at the setting.",
  MODULE_CRASHED: "The card reader's software crashed and was started again. Try once more.",
  HOST_TIMEOUT: "The card reader does not answer. Take the card out, put it back and try once more.",
  HOST_STOPPED: "The program is closing. Start it again.",
  NO_TOKEN: "There is no card in the reader. Insert your UZI pass.",
  TOKEN_NOT_FOUND: "The card that was chosen is not in the reader. Insert your own UZI pass.",
  TOKEN_NOT_ACTIVATED: "This card has not been activated yet. Activate it once with SafeSign.",
  CARD_UNREADABLE:
    "This card cannot be read. See that it sits well in the reader, and that it is a UZI pass.",
  CARD_REMOVED: "The card was taken out of the reader. Nothing was signed. Put it back and try once more.",
  CARD_FAILED: "The card or the reader failed. Take the card out, put it back and try once more.",
  CARD_BUSY: "Another program is using the card. Close that program and try once more.",
  NO_SIGNATURE_CERTIFICATE: "This card cannot sign: it has no signature certificate. Use another card.",
  NO_AUTHENTICATION_CERTIFICATE:
    "This card cannot sign in: it has no certificate for that. Use another card.",
  WRONG_CERTIFICATE: "The card in the reader is not the one you chose. Insert your own card and begin again.",
  NO_PRIVATE_KEY: "The key of this certificate is not on the card. Ask your help desk.",
  ALGORITHM_UNSUPPORTED: "This card cannot sign in the way that is needed. Ask your help desk.",
  PIN_WRONG: "The PIN is not right. Type it once more, slowly.",
  PIN_LOCKED: "The PIN is locked. Unlock the card with its PUK in SafeSign.",
  PIN_LENGTH: "The PIN is too short or too long. No try was spent.",
  PIN_CHARACTERS: "The PIN holds a character that cannot be in one. No try was spent.",
  PIN_EXPIRED: "The PIN has expired. Choose a new one in SafeSign.",
  PIN_CANCELLED: "Entering the PIN was cancelled. Nothing was signed.",

  unreachable:
    "The release system cannot be reached. See that you are connected to the internet and try once more.",
  "timed-out": "The release system does not answer in time. Try again in a minute.",
  redirected:
    "The network sends you to another page, perhaps to log in. Sign in to the network and try once more.",
  "answer-too-large":
    "The answer was not the release system's. Ask your help desk about the network settings.",
  "malformed-answer": "The release system's answer cannot be read. Try once more, or call your help desk.",
  "unexpected-answer":
    "Something in the network answered instead of the release system. Try again in a minute.",
  "malformed-request": "The release system does not understand this program. Install the newest version.",
  "payload-too-large": "The signed message is too large. Call your help desk.",
  "reference-taken": "This code is in use already. Ask the patient for a new one.",
  "puzzle-required": "The release system does not understand this program. Install the newest version.",
  "too-many-requests": "Too many codes were looked up in a row. Wait a moment and try once more.",
  "not-found":
    "This code is not known, or no longer valid. Check the digits, or ask the patient for a new code.",
  gone: "This disclosure is over. Ask the patient for a new code if need be.",
  "not-signed-in": "Your session has ended. Sign in again with your card.",
  "already-authorised": "Another clinician has signed this already. There is nothing left for you to do.",
  refused: "The release system refuses this.",
  "revocation-unknown": "It cannot be checked now whether your card was revoked. Try again in a few minutes.",
  "budget-spent": "You have signed the highest number of disclosures for today. Ask a colleague.",
  unavailable: "The release system is not available for the moment. Try again in a few minutes.",

  OUTBOX_UNWRITABLE:
    "The signature could not be stored and was not sent. See whether the disk is full and sign again.",
  OUTBOX_DAMAGED:
    "The outbox with signed messages cannot be opened. Call your help desk; nothing was thrown away.",

  CODE_MALFORMED: "This is no code: a code has ten digits. Ask the patient to read it once more.",
  READ_BACK_DIFFERS: "The patient's words are others. Do not sign: check the code, or ask for a new one.",
  CONSENT_MISSING: "Without the patient's consent nothing is signed.",
  JUDGED_UNFIT: "This signature would be refused and was not sent.",
  ALREADY_HANDLED: "This code has been signed already. There is nothing left for you to do.",
  CLOCK_DIFFERS:
    "This computer's clock differs from that of the release system. Set the clock right before you sign.",
  OUT_OF_ORDER: "This cannot be done now. Begin again with the patient's code.",
  UNEXPECTED:
    "Something went wrong that should not have. Begin again, and call your help desk if it happens again.",
}
