import type { CorrectionTexts, RefusalTexts } from "./refusal-texts.ts"

export const englishRefusals: RefusalTexts = {
  open: "Refused representation",
  title: "Refused representation",
  lead: "Here somebody wanted to represent someone else, and was refused. You do not see who it was.",
  loading: "Fetching the list…",
  empty: "Nobody was refused lately.",
  count: (count) => (count === 1 ? "1 refusal." : `${count} refusals.`),
  exceptions: {
    "Authorization interface 1a": "The request came from an unknown app.",
    "Authorization interface 1b": "Something was wrong in the app's request.",
    "Authorization interface 2": "Logging in was stopped, or did not succeed.",
    "Authorization interface 3": "There was nothing to share, or the age does not fit.",
    "Authorization interface 4": "The person did not consent.",
    "Authorization interface Vertegenwoordiging 1":
      "The app asked for representation, but the person logged in for themselves.",
    "Authorization interface Vertegenwoordiging 2":
      "The person logged in for someone else, but the app had not asked for that.",
    "Authorization interface Vertegenwoordiging 3": "The birth date was missing in the app's request.",
    "Authorization interface Vertegenwoordiging 4":
      "The birth date does not match the dossier, or there were too many attempts.",
    "Authenticeren Vertegenwoordiging 1": "You do not know the person as a representative.",
    "Technische storing": "Something was out of order. The person can try once more.",
  },
  otherException: "The request was refused.",
  dossier: (reference) => `dossier ${reference}`,
  noDossier: "no dossier",
  correct: "Correct a birth date",
  correctOf: (reference) => `Correct the birth date in dossier ${reference}`,
}

export const englishCorrection: CorrectionTexts = {
  title: "Which birth date is the right one?",
  lead: "Look at a valid identity document. You do not see here what the dossier says now.",
  dossier: "Reference of the dossier",
  dossierHint: "As your care provider writes it, such as D-17.",
  birthDate: "Birth date",
  birthDateHint: "Does nobody know the day, or the day and the month? Then leave them empty.",
  day: "Day",
  month: "Month",
  year: "Year",
  next: "Next",
  back: "Back",
  wrongDossier: "This is no reference: it has 1 to 40 letters and digits, without spaces.",
  wrongDate: "This cannot be a birth date. A day needs a month; the year has four digits.",
  sure: { title: "Is this right?", lead: "This is what the dossier will say." },
  dayUnknown: "the day is not known",
  dayAndMonthUnknown: "the day and the month are not known",
  kept: "We keep that you did this, and when. The old date is gone afterwards.",
  yes: "Yes, correct the date",
  done: (reference, time) => `The birth date in dossier ${reference} was corrected at ${time}.`,
}
