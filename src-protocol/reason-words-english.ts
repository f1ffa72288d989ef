import type { ReasonWords } from "./reason-words.ts"
import type { RefusalReason } from "./reasons.ts"

/** English, in plain words: cause first, then what to do now. */
export const englishReasonWords: Readonly<Record<RefusalReason, ReasonWords>> = {
  "malformed-smime": {
    clinician:
      "The signed message was damaged on its way: sign again, and call the help desk if it happens twice.",
    patient: "Your clinician's message did not arrive well: make a new code and give it to your clinician.",
  },
  "malformed-cms": {
    clinician:
      "The signature was not stored well in the message: sign again, and call the help desk if it happens twice.",
    patient: "Your clinician's message cannot be read: make a new code and give it to your clinician.",
  },
  "multiple-signers": {
    clinician: "There is more than one signature: sign again with only your own card in the reader.",
    patient: "The message has more than one signature: ask one clinician to do it again with a new code.",
  },
  "weak-algorithm": {
    clinician:
      "The signature was made in an outdated way: call the help desk, because this card or computer needs an update.",
    patient: "Your clinician's card makes an outdated signature: ask a colleague to do it with a new code.",
  },
  "bad-signed-attributes": {
    clinician:
      "Details that belong to the signature are missing or wrong: sign again, and call the help desk if it happens twice.",
    patient: "Your clinician's signature is not complete: make a new code and give it to your clinician.",
  },
  "bad-signature": {
    clinician:
      "The signature does not belong to this message: take the card out of the reader, put it back and sign again.",
    patient:
      "The signature does not belong to this message: nothing was shared, make a new code and give it to your clinician.",
  },
  "malformed-statement": {
    clinician: "Another text was signed than was agreed: update this app, and then sign again.",
    patient: "Your clinician signed another text than was meant: make a new code and pass it on.",
  },
  "untrusted-chain": {
    clinician:
      "This card is not from an issuer that we trust: use your own UZI card, or call the help desk if you already do.",
    patient:
      "The app does not know who issued this card: nothing was shared, ask your clinician to use another card.",
  },
  "wrong-issuing-ca": {
    clinician: "This is not a UZI card for clinicians: use the card issued in your own name and profession.",
    patient:
      "A card was used that is not meant for this: ask your clinician to do it with their own clinician's card.",
  },
  "signing-time-implausible": {
    clinician: "The time of the signature is not right: have the clock of this computer set and sign again.",
    patient:
      "The clock of your phone or your clinician's is not right: set yours to automatic, and the app goes on by itself.",
  },
  "certificate-not-yet-valid": {
    clinician:
      "This card is not valid yet: see from which date it is, and use another valid UZI card until then.",
    patient:
      "Your clinician's card is not valid yet: you need do nothing, the app tries again later by itself.",
  },
  "certificate-expired": {
    clinician: "This card has expired: use a valid UZI card, or ask the UZI register for a new one.",
    patient: "Your clinician's card has expired: ask a colleague with a valid card to do it with a new code.",
  },
  "certificate-revoked": {
    clinician:
      "This card was revoked or blocked: use another valid UZI card and get in touch with the UZI register.",
    patient: "Your clinician's card is no longer in use: ask a colleague to do it with a new code.",
  },
  "revocation-unknown": {
    clinician:
      "We cannot find out now whether this card is still valid: wait a while, the app tries again by itself.",
    patient:
      "The app cannot find out now whether the card is still valid: you need do nothing, the app tries again by itself.",
  },
  "wrong-key-usage": {
    clinician:
      "The signature was not made with the card's signature key: sign again, and call the help desk if it happens twice.",
    patient:
      "The card was not used in the right way: make a new code and ask your clinician to do it once more.",
  },
  "wrong-policy": {
    clinician:
      "This certificate of the card is not for signing: sign with the signature certificate of your UZI card.",
    patient:
      "The card was not used in the right way: make a new code and ask your clinician to do it once more.",
  },
  "missing-qc-statements": {
    clinician:
      "This card does not make a qualified signature: use an ordinary UZI card for clinicians, or call the help desk.",
    patient: "This card cannot make a valid signature: ask a colleague to do it with a new code.",
  },
  "not-a-uzi-certificate": {
    clinician: "This is not a UZI card: put your own UZI card for clinicians in the reader and sign again.",
    patient:
      "A card was used that is not meant for this: ask your clinician to do it with their own clinician's card.",
  },
  "uzi-number-mismatch": {
    clinician:
      "This card carries two different UZI numbers: use another card and report this to the UZI register.",
    patient:
      "The details on your clinician's card do not quite agree: ask a colleague to do it with a new code.",
  },
  "wrong-pass-type": {
    clinician:
      "An employee's card cannot release this: use a clinician's card, or ask a colleague who has one.",
    patient:
      "This card may not release your data: ask a doctor or another clinician to do it with a new code.",
  },
  "profession-not-article-3": {
    clinician:
      "Only professions under article 3 of the Wet BIG may release this: ask a colleague in one of them to do it.",
    patient:
      "The profession on this card does not give the right to do this: ask a doctor or nurse, for instance, with a new code.",
  },
  "hash-mismatch": {
    clinician:
      "You signed for other data than those on the patient's phone: compare the two words together and sign again.",
    patient:
      "The signature is for other data than yours: nothing was shared, let your clinician do it once more with you.",
  },
  "reference-mismatch": {
    clinician:
      "The first six digits are not this patient's: have the code read out once more and sign again.",
    patient:
      "The signature is for another code than yours: nothing was shared, read your code out to your clinician once more.",
  },
  "confirmation-mismatch": {
    clinician:
      "The last four digits of the code are not right: have the code read out once more and sign again.",
    patient:
      "The last four digits were not those of your code: nothing was shared, read it out to your clinician once more.",
  },
  "signer-mismatch": {
    clinician:
      "You signed with another card than the one you signed in with: sign in with the card that you want to sign with.",
    patient:
      "Someone else signed than the clinician who had signed in: ask your clinician to do it once more.",
  },
  "malformed-opaque": {
    clinician:
      "The patient's phone sent data in an unknown form: have the patient update the app and make a new code.",
    patient: "The app did not send your data in the right form: update the app and make a new code.",
  },
  "implausible-day": {
    clinician:
      "The first contagious day is too long ago or in the future: talk about the day with the patient and use a new code.",
    patient:
      "The first day you chose is too long ago or in the future: choose it again with your clinician and make a new code.",
  },
  "not-accepted": {
    clinician: "The release is not ready, or no longer: ask the patient for a new code and sign again.",
    patient: "The release is not ready, or no longer: make a new code and give it to your clinician.",
  },
  "already-published": {
    clinician: "These data have been shared already: you need do nothing more.",
    patient: "Your data have been shared already: you need do nothing more.",
  },
}
