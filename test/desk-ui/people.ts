import type { CardView, HolderView, PinView, SessionView } from "../../src-preload/desk-state.ts"

/** The time at which every picture is taken, so that pictures can be compared: 22 November 2026, 14:14:20 in Amsterdam. */
export const NOW = Date.parse("2026-11-22T13:14:20Z")
const MINUTE = 60_000
export const minutesFromNow = (minutes: number): number => NOW + minutes * MINUTE

export type Language = "nl" | "en"
/** An invented clinician. */
export function anna(language: Language): HolderView {
  return {
    name: "A.B. de Vries-van der Meulen",
    profession: language === "nl" ? "huisarts" : "general practitioner",
    organisation: "Huisartsenpraktijk De Linde",
    uziNumber: "900012345",
    subscriberNumber: "90000111",
    cardNumber: "4471",
    validUntil: Date.parse("2028-03-31T12:00:00Z"),
  }
}

export function bram(language: Language): HolderView {
  const profession =
    language === "nl" ? "arts infectieziektebestrijding" : "physician, infectious disease control"
  return { ...anna(language), name: "B. Jansen", profession, cardNumber: "0932", uziNumber: "900054321" }
}

export const PIN: PinView = { pinPad: false, shortest: 5, longest: 8, state: "ok", triesLeft: 3 }

/** A card that was put in just now. */
export const UNREAD: CardView = {
  id: "card-a",
  reader: "Gemalto PC Twin Reader 00 00",
  label: "UZI-pas 4471",
  pin: PIN,
}

export function card(language: Language, more: Partial<CardView> = {}): CardView {
  return { ...UNREAD, holder: anna(language), ...more }
}

export function session(language: Language): SessionView {
  return {
    holder: anna(language),
    cardId: "card-a",
    expiresAt: minutesFromNow(78),
    authorisedSinceLastSignIn: 3,
    budgetLeft: 47,
    hasRepresentation: false,
  }
}
