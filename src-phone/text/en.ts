import { signerText } from "../../src-protocol/signer-text.ts"
import type { PhoneWords } from "./phone-words.ts"

/** The patient's words in English: what is the matter, then what to do. */
export const englishPhoneWords: PhoneWords = {
  situations: {
    "nothing-registered": "Nothing is registered yet. Your keys are on this phone only.",
    registering: "Registering has not succeeded yet. Try again; nothing has been shared.",
    registered: "Give this code to your clinician, then read the two check words aloud.",
    "registered-after-mismatch":
      "The authorisation that came in was not about your data and was thrown away. Give your clinician the code once more.",
    received: "The authorisation is here, but cannot be checked right now. The app tries again by itself.",
    verified:
      "Your clinician has authorised it and everything is right. You can publish now, or still withdraw.",
    "verified-and-planned":
      "Everything is right. The app publishes at a random moment; until then you can still withdraw.",
    publishing: "The app is publishing and goes on until it has succeeded.",
    "publication-refused":
      "The publication was refused. Nothing was destroyed; you can try again or withdraw.",
    done: "It is done. Your old keys are wiped from this phone and a new key has been made.",
    refused: "The authorisation is not right and nothing has been shared. Your keys are still on this phone.",
    withdrawn: "You have withdrawn it. Nothing has been shared.",
    "withdrawn-untold":
      "You have withdrawn it and nothing will be shared. The server is told as soon as there is a connection.",
    expired: "The code has expired. If you still want to publish, make a new code.",
  },
  errors: {
    "no-network": "There is no connection to the server. Check your internet connection and try again.",
    "timed-out": "The server does not answer in time. Try again in a few minutes.",
    redirected:
      "This network sends the app elsewhere. Sign in to the Wi-Fi network first, or use another one.",
    "wrong-answer":
      "The server gave an answer that the app does not understand. Try again later, or update the app.",
    "answer-too-large": "The server's answer is too large. Try again later.",
    "backend-unavailable": "The server is not available for the moment. Try again in a few minutes.",
    "too-many-requests": "It is too busy right now. Try again in a few minutes.",
    "not-found":
      "The server does not know this code. The app tries until the code expires; otherwise make a new code.",
    "own-clock-wrong": "The clock of this phone is not right. Set the time to automatic and try again.",
    "state-changed":
      "Something on this phone has changed in the meantime. Look where it stands and try again.",
    "state-not-written": "The app cannot save anything. Free some space on this phone and try again.",
    "no-free-reference": "There is no free code right now. Try again in a few minutes.",
    "puzzle-too-hard": "It is too busy to register right now. Try again later.",
    "request-refused": "The server does not take this request. Update the app.",
    "representation-refused":
      "The care provider did not confirm that you represent this person. The page that you saw says why.",
    "insecure-backend": "The connection to this server would not be secure. Nothing was sent.",
    "state-not-readable": "The app cannot read its own data. Check that it is allowed to.",
    "state-corrupt": "The app's data are damaged. Nothing was overwritten; ask for help.",
    "state-foreign": "This file does not belong to this app. Nothing was overwritten; choose another file.",
    "state-too-new": "These data come from a newer version of the app. Update the app.",
    "disclosure-under-way": "A code is already in use. Finish that first, or withdraw it.",
    "nothing-registered": "Nothing is registered yet. Make a code first.",
    "not-authorised-yet": "Your clinician has not authorised it yet. Wait for that first.",
    "already-over": "This one is already over. Make a new code if you still want to publish.",
    "too-late-to-withdraw": "It is too late to withdraw: the keys are published or on their way.",
    "day-not-held": "This phone has no keys of that day. Choose a later day, not after today.",
    "no-batch-key": "The app lacks the key by which published lists are checked.",
    "no-such-batch": "This list does not exist (yet). Try again later.",
    "wrong-batch": "The published list is not genuine or is damaged. The app does not use it.",
  },
  shareCode: (digits) => `My release code is ${digits}. I will read you the two check words myself.`,
  validUntil: (time) => `The code is valid until ${time}.`,
  publishesAt: (time) => `The app publishes at ${time}.`,
  signedBy: (signer, time) => `Signed by ${signerText(signer)}, on ${time}.`,
}
