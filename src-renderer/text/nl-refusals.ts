import type { CorrectionTexts, RefusalTexts } from "./refusal-texts.ts"

export const dutchRefusals: RefusalTexts = {
  open: "Geweigerde vertegenwoordiging",
  title: "Geweigerde vertegenwoordiging",
  lead: "Hier wilde iemand een ander vertegenwoordigen, en dat mocht niet. U ziet niet wie het was.",
  loading: "De lijst wordt opgehaald…",
  empty: "Er is de laatste tijd niemand geweigerd.",
  count: (count) => (count === 1 ? "1 weigering." : `${count} weigeringen.`),
  exceptions: {
    "Authorization interface 1a": "Het verzoek kwam van een onbekende app.",
    "Authorization interface 1b": "Er klopte iets niet in het verzoek van de app.",
    "Authorization interface 2": "Het aanmelden is gestopt of niet gelukt.",
    "Authorization interface 3": "Er was niets om te delen, of de leeftijd past niet.",
    "Authorization interface 4": "De persoon gaf geen toestemming.",
    "Authorization interface Vertegenwoordiging 1":
      "De app vroeg om vertegenwoordiging, maar de persoon meldde zich voor zichzelf aan.",
    "Authorization interface Vertegenwoordiging 2":
      "De persoon meldde zich voor een ander aan, maar de app had daar niet om gevraagd.",
    "Authorization interface Vertegenwoordiging 3": "In het verzoek van de app ontbrak de geboortedatum.",
    "Authorization interface Vertegenwoordiging 4":
      "De geboortedatum klopt niet met het dossier, of er waren te veel pogingen.",
    "Authenticeren Vertegenwoordiging 1": "De persoon is bij u niet bekend als vertegenwoordiger.",
    "Technische storing": "Er was een storing. De persoon kan het nog eens proberen.",
  },
  otherException: "Het verzoek is geweigerd.",
  dossier: (reference) => `dossier ${reference}`,
  noDossier: "geen dossier",
  correct: "Geboortedatum verbeteren",
  correctOf: (reference) => `Geboortedatum verbeteren in dossier ${reference}`,
}

export const dutchCorrection: CorrectionTexts = {
  title: "Welke geboortedatum is de juiste?",
  lead: "Kijk naar een geldig identiteitsbewijs. Wat nu in het dossier staat, ziet u hier niet.",
  dossier: "Kenmerk van het dossier",
  dossierHint: "Zoals uw zorgaanbieder het schrijft, bijvoorbeeld D-17.",
  birthDate: "Geboortedatum",
  birthDateHint: "Weet niemand de dag, of de dag en de maand? Laat die dan leeg.",
  day: "Dag",
  month: "Maand",
  year: "Jaar",
  next: "Verder",
  back: "Terug",
  wrongDossier: "Dit is geen kenmerk: het heeft 1 tot 40 letters en cijfers, zonder spaties.",
  wrongDate: "Dit kan geen geboortedatum zijn. Bij een dag hoort een maand; het jaar heeft vier cijfers.",
  sure: { title: "Klopt dit?", lead: "Dit komt in het dossier te staan." },
  dayUnknown: "de dag is niet bekend",
  dayAndMonthUnknown: "de dag en de maand zijn niet bekend",
  kept: "We bewaren dat u dit deed, en wanneer. De oude datum is daarna weg.",
  yes: "Ja, verbeter de datum",
  done: (reference, time) => `De geboortedatum in dossier ${reference} is om ${time} verbeterd.`,
}
