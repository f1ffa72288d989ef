import type { CardProblem } from "../../card/card-error.ts"
import type { ProblemText } from "../problem-text.ts"

const AGAIN_IN = "Take the card out of the reader, put it back and try once more."
const CALL_HELPDESK = "Call your help desk."

/** English: what is the matter with card, reader or PIN, and what to do now. */
export const cardProblems: Readonly<Record<CardProblem, ProblemText>> = {
  SERVICE_MISSING: {
    title: "The card service is missing",
    sentence: "This computer lacks the service for card readers.",
    steps: ["Ask your help desk to install the smart card service."],
  },
  SERVICE_STOPPED: {
    title: "The card service is not running",
    sentence: "The service for card readers is not running.",
    steps: ["Plug the card reader in again.", "If that does not help, restart the computer."],
  },
  SERVICE_UNRESPONSIVE: {
    title: "The card service does not answer",
    sentence: "The service for card readers does not answer.",
    steps: ["Unplug the card reader.", "Plug it in again after ten seconds."],
  },
  NO_READER: {
    title: "No card reader",
    sentence: "No card reader was found.",
    steps: ["Connect the card reader, or plug it in again."],
  },
  MODULE_ARCHITECTURE: {
    title: "The card software is for another computer",
    sentence: "The card reader's software is made for another kind of computer.",
    steps: ["Ask your help desk for the version of this computer."],
  },
  MODULE_DEPENDENCY: {
    title: "The card software is not complete",
    sentence: "A part of the card reader's software is missing.",
    steps: ["Install SafeSign again, or ask your help desk."],
  },
  MODULE_NO_SLOTS: {
    title: "The card software sees no reader",
    sentence: "The card reader's software does not see the reader.",
    steps: ["Plug the reader in again.", "Then restart this program."],
  },
  CARD_MUTE: {
    title: "The card does not answer",
    sentence: "There is a card in the reader, but it says nothing.",
    steps: ["Insert the card with the chip first.", "Clean the chip if need be."],
  },
  CARD_AUTHENTICATION_ONLY: {
    title: "This card can only sign in",
    sentence: "With this card you can sign in but not sign.",
    steps: ["Use a care provider's pass in your own name."],
  },
  CARD_EXPIRED: {
    title: "The card has expired",
    sentence: "This card has expired.",
    steps: ["Use a valid card, or apply for one at the UZI register."],
  },
  CARD_NOT_YET_VALID: {
    title: "The card is not valid yet",
    sentence: "This card is not valid yet.",
    steps: ["See whether this computer's clock is right.", "If it is, wait until the card begins."],
  },
  CARD_FOREIGN: {
    title: "Not a UZI pass",
    sentence: "This is no card that can sign here.",
    steps: ["Insert a care provider's UZI pass."],
  },
  MODULE_MISSING: {
    title: "The card software is missing",
    sentence: "The card reader's software was not found.",
    steps: ["Install SafeSign, or ask your help desk."],
  },
  MODULE_INVALID: {
    title: "The card software does not fit",
    sentence: "The card reader's software that is set cannot be used.",
    steps: ["Ask your help desk to look at the setting."],
  },
  MODULE_CRASHED: {
    title: "The card software crashed",
    sentence: "The card reader's software crashed and was started again.",
    steps: ["Try once more.", "If it happens again, call your help desk."],
  },
  HOST_TIMEOUT: {
    title: "The card reader does not answer",
    sentence: "The card or the reader hangs, or another program keeps the card to itself.",
    steps: [AGAIN_IN, "Close other programs that use the card."],
  },
  HOST_STOPPED: {
    title: "The program is closing",
    sentence: "The program is closing and no longer uses the card reader.",
    steps: ["Start the program again."],
  },
  NO_TOKEN: {
    title: "No card in the reader",
    sentence: "There is no card in the reader.",
    steps: ["Insert your UZI pass, chip first."],
  },
  TOKEN_NOT_FOUND: {
    title: "The chosen card is gone",
    sentence: "The card that was chosen is no longer in the reader.",
    steps: ["Insert your own UZI pass."],
  },
  TOKEN_NOT_ACTIVATED: {
    title: "The card is not active yet",
    sentence: "This card has not been activated yet.",
    steps: ["Activate the card once with SafeSign.", "Then try once more."],
  },
  CARD_UNREADABLE: {
    title: "The card cannot be read",
    sentence: "This card cannot be read.",
    steps: ["See that the card sits well in the reader, chip first.", "See that it is a UZI pass."],
  },
  CARD_REMOVED: {
    title: "The card was taken out",
    sentence: "The card was taken out of the reader. Nothing was signed.",
    steps: ["Put the card back and try once more."],
  },
  CARD_FAILED: {
    title: "The card or the reader failed",
    sentence: "Reading or signing did not succeed.",
    steps: [AGAIN_IN, "If that does not help, try another reader or call your help desk."],
  },
  CARD_BUSY: {
    title: "The card is in use",
    sentence: "Another program is using the card.",
    steps: ["Close that program and try once more."],
  },
  NO_SIGNATURE_CERTIFICATE: {
    title: "This card cannot sign",
    sentence: "There is no signature certificate on this card.",
    steps: ["Use another UZI pass."],
  },
  NO_AUTHENTICATION_CERTIFICATE: {
    title: "This card cannot sign in",
    sentence: "There is no certificate on this card to sign in with.",
    steps: ["Use another UZI pass."],
  },
  WRONG_CERTIFICATE: {
    title: "Another card in the reader",
    sentence: "The card in the reader is not the one you chose.",
    steps: ["Insert your own card and begin again."],
  },
  NO_PRIVATE_KEY: {
    title: "The key is not on the card",
    sentence: "The key of this certificate is not on the card.",
    steps: [CALL_HELPDESK],
  },
  ALGORITHM_UNSUPPORTED: {
    title: "The card signs in another way",
    sentence: "This card cannot sign in the way that is needed.",
    steps: [CALL_HELPDESK],
  },
  PIN_WRONG: {
    title: "The PIN is not right",
    sentence: "The card does not take this PIN; one try was spent.",
    steps: ["Type the PIN once more, slowly."],
  },
  PIN_LOCKED: {
    title: "The PIN is locked",
    sentence: "A wrong PIN was typed too often; the card takes no more.",
    steps: ["Unlock the card with its PUK in SafeSign.", "If you have no PUK, call the UZI register."],
  },
  PIN_LENGTH: {
    title: "The PIN has the wrong length",
    sentence: "The PIN is too short or too long. No try was spent.",
    steps: ["Type the PIN once more."],
  },
  PIN_CHARACTERS: {
    title: "A character in the PIN is not possible",
    sentence: "The PIN holds a character that cannot be in one. No try was spent.",
    steps: ["Type the PIN once more, without spaces."],
  },
  PIN_EXPIRED: {
    title: "The PIN has expired",
    sentence: "The card no longer takes this PIN.",
    steps: ["Choose a new PIN in SafeSign."],
  },
  PIN_CANCELLED: {
    title: "The PIN was not entered",
    sentence: "Entering the PIN was cancelled. Nothing was signed.",
    steps: ["Try once more."],
  },
}
