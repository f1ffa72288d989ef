import type { ProblemView } from "../../src-preload/desk-state.ts"
import { problem, type Language } from "./people.ts"

export const pinWrong = (language: Language) =>
  problem(
    language,
    "PIN_WRONG",
    { nl: "De pincode klopt niet", en: "The PIN is wrong" },
    {
      nl: "Er is niets ondertekend. Typ hem rustig nog eens.",
      en: "Nothing was signed. Type it once more, calmly.",
    },
    { triesLeft: 2 },
  )
export const noReader = (language: Language) =>
  problem(
    language,
    "NO_READER",
    { nl: "Er is geen kaartlezer", en: "There is no card reader" },
    { nl: "De computer ziet geen kaartlezer.", en: "The computer sees no card reader." },
  )
export const clock = (language: Language) =>
  problem(
    language,
    "CLOCK_DIFFERS",
    { nl: "De klok loopt niet gelijk", en: "The clocks differ" },
    {
      nl: "De klok van deze computer loopt zes minuten achter. Zet hem goed voordat u tekent.",
      en: "The clock of this computer is six minutes behind. Set it right before you sign.",
    },
  )
export const away = (language: Language, more: Partial<ProblemView> = {}) =>
  problem(
    language,
    "unreachable",
    { nl: "Het vrijgavesysteem is niet bereikbaar", en: "The release system cannot be reached" },
    {
      nl: "Er is geen verbinding. Er is niets ondertekend.",
      en: "There is no connection. Nothing was signed.",
    },
    more,
  )
export const refused = (language: Language) =>
  problem(
    language,
    "refused",
    { nl: "De pas is ingetrokken", en: "The card was revoked" },
    {
      nl: "De telefoon vond uw pas op de lijst van ingetrokken passen.",
      en: "The phone found your card on the list of revoked cards.",
    },
    { reason: "certificate-revoked", retriable: false },
  )
export const notFound = (language: Language) =>
  problem(
    language,
    "not-found",
    { nl: "Deze code is niet bekend", en: "This code is not known" },
    {
      nl: "Lees de cijfers samen na, of vraag om een nieuwe code.",
      en: "Read the digits again together, or ask for a new code.",
    },
  )
