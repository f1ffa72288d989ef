/** The phone window's own words; the sentences about the disclosure come from the phone. */
export interface PhoneTexts {
  readonly windowTitle: string
  readonly titles: {
    readonly start: string
    readonly code: string
    readonly signed: string
    readonly over: string
  }
  readonly readDigits: string
  readonly orWords: string
  readonly scan: string
  readonly checkWords: string
  readonly signedBy: string
  readonly share: string
  readonly publish: string
  readonly withdraw: string
  readonly again: string
  readonly busy: {
    readonly registering: string
    readonly waiting: string
    readonly publishing: string
    readonly withdrawing: string
  }
  readonly language: string
  readonly wordLanguage: string
}

const nl: PhoneTexts = {
  windowTitle: "Telefoon van de patiënt",
  titles: {
    start: "Gegevens delen",
    code: "Uw code",
    signed: "Ondertekend",
    over: "Klaar",
  },
  readDigits: "Lees deze cijfers voor",
  orWords: "of deze vier woorden",
  scan: "of laat dit scannen",
  checkWords: "Controlewoorden",
  signedBy: "Door",
  share: "Maak een code",
  publish: "Deel mijn gegevens",
  withdraw: "Stop, deel niets",
  again: "Maak een nieuwe code",
  busy: {
    registering: "Code maken …",
    waiting: "Wachten op uw zorgverlener …",
    publishing: "Delen …",
    withdrawing: "Stoppen …",
  },
  language: "Taal",
  wordLanguage: "Woorden in",
}

const en: PhoneTexts = {
  windowTitle: "The patient's phone",
  titles: { start: "Share data", code: "Your code", signed: "Signed", over: "Done" },
  readDigits: "Read these digits out",
  orWords: "or these four words",
  scan: "or have this scanned",
  checkWords: "Check words",
  signedBy: "By",
  share: "Make a code",
  publish: "Share my data",
  withdraw: "Stop, share nothing",
  again: "Make a new code",
  busy: {
    registering: "Making a code …",
    waiting: "Waiting for your clinician …",
    publishing: "Sharing …",
    withdrawing: "Stopping …",
  },
  language: "Language",
  wordLanguage: "Words in",
}

export const PHONE_TEXTS: Readonly<Record<"nl" | "en", PhoneTexts>> = { nl, en }
