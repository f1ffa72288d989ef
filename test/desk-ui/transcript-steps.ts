import type { Language } from "./people.ts"

/** A step of the consult: what comes of itself or is pressed, and what the window must have asked for after it. */
export interface Step {
  readonly title: Readonly<Record<Language, string>>
  /** The picture of the gallery that main shows; the window stays as it is without one. */
  readonly picture?: string
  /** What main understands of what is typed: that of a picture of the gallery, or all but four digits. */
  readonly understood?: string
  readonly typed?: string
  readonly pressed?: readonly string[]
  /** Goes through the middle with Tab, and back to where one goes on. */
  readonly looksAround?: boolean
  /** What the window asked of main by these keys. */
  readonly calls?: readonly string[]
}

/** A whole consult in its order, then a code in words, a wrong PIN and a phone that refuses. */
export const STEPS: readonly Step[] = [
  {
    title: {
      nl: "Het programma is open, met een pas in de lezer",
      en: "The program is open, a card is in the reader",
    },
    looksAround: true,
  },
  {
    title: { nl: "De pincode is getypt", en: "The PIN is typed" },
    typed: "12345",
    pressed: ["Enter"],
    calls: ["signIn"],
  },
  { title: { nl: "De aanmelding loopt", en: "The sign-in is under way" }, picture: "signing-in" },
  {
    title: { nl: "De code wordt gevraagd", en: "The code is asked for" },
    picture: "code",
    looksAround: true,
  },
  {
    title: { nl: "Zes cijfers, en te vroeg Enter", en: "Six digits, and Enter too early" },
    understood: "six-digits",
    typed: "407192",
    pressed: ["Enter"],
  },
  {
    title: { nl: "De andere vier cijfers", en: "The other four digits" },
    understood: "code-complete",
    typed: "8356",
  },
  { title: { nl: "Enter", en: "Enter" }, pressed: ["Enter"], calls: ["lookUp"] },
  { title: { nl: "De code wordt opgezocht", en: "The code is looked up" }, picture: "looking-up" },
  { title: { nl: "De twee woorden", en: "The two words" }, picture: "comparing", looksAround: true },
  { title: { nl: "Ja", en: "Yes" }, pressed: ["Enter"], calls: ["agreeWords"] },
  { title: { nl: "De toestemming", en: "The consent" }, picture: "consent", looksAround: true },
  { title: { nl: "Ja", en: "Yes" }, pressed: ["Enter"], calls: ["giveConsent"] },
  { title: { nl: "Ondertekenen", en: "Signing" }, picture: "sign", looksAround: true },
  {
    title: { nl: "De pincode is getypt", en: "The PIN is typed" },
    typed: "12345",
    pressed: ["Enter"],
    calls: ["sign"],
  },
  { title: { nl: "De pas ondertekent", en: "The card signs" }, picture: "signing" },
  { title: { nl: "Het programma controleert", en: "The program checks" }, picture: "judging" },
  { title: { nl: "Het wordt verstuurd", en: "It is sent" }, picture: "posting" },
  {
    title: { nl: "Wachten op de telefoon", en: "Waiting for the phone" },
    picture: "following",
    looksAround: true,
  },
  {
    title: { nl: "De telefoon heeft bevestigd", en: "The phone has confirmed" },
    picture: "done-confirmed",
    looksAround: true,
  },
  { title: { nl: "Volgende patiënt", en: "Next patient" }, pressed: ["Enter"], calls: ["startNext"] },
  {
    title: { nl: "Een nieuwe code, nu in woorden", en: "A new code, now in words" },
    picture: "code",
    understood: "code-words",
    typed: "kikker molen stoep ad",
  },
  {
    title: { nl: "Het eerste woord van de lijst", en: "The first word of the list" },
    pressed: ["ArrowDown"],
  },
  {
    title: { nl: "Het woord is gekozen", en: "The word is chosen" },
    understood: "code-complete",
    pressed: ["Enter"],
  },
  {
    title: { nl: "Een verkeerde pincode bij het ondertekenen", en: "A wrong PIN when signing" },
    picture: "sign-pin-wrong",
  },
  {
    title: { nl: "De telefoon weigert", en: "The phone refuses" },
    picture: "done-refused",
    looksAround: true,
  },
  { title: { nl: "Verder", en: "On" }, pressed: ["Enter"], calls: ["startNext"] },
]
