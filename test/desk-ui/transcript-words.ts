import type { Language } from "./people.ts"

type Both = Readonly<Record<Language, string>>

/** The words around what the window says; the names of roles are those that screen readers use. */
export const AROUND = {
  title: { nl: "Een consult, zoals een schermlezer het zegt", en: "A consult, as a screen reader says it" },
  lead: {
    nl: [
      "Deze bladzijde is gemaakt door test/desk-ui/transcript.spec.ts (met UPDATE_TRANSCRIPT=1) uit wat Chromium aan een schermlezer doorgeeft; dezelfde test faalt als het venster iets anders zegt dan hier staat. Alles gaat met het toetsenbord.",
      "Per stap: wat er gebeurt, wat het venster ongevraagd zegt, waar de focus staat, de koppen, wat Tab langsgaat in het midden van het venster, en dat midden in leesvolgorde. Een echte schermlezer kiest zelf zijn woorden voor rollen en toestanden; met NVDA, JAWS of VoiceOver is dit niet nagelopen.",
      "De twee woorden van de patiënt worden nooit ongevraagd gezegd: via een luidspreker zou de patiënt ze kunnen naspreken. Ze staan direct na de kop en de zin daaronder.",
    ],
    en: [
      "This page is made by test/desk-ui/transcript.spec.ts (with UPDATE_TRANSCRIPT=1) from what Chromium hands a screen reader; the same test fails where the window says something else than what stands here. All of it goes by keyboard.",
      "For each step: what happens, what the window says unasked, where the focus is, the headings, what Tab passes in the middle of the window, and that middle in reading order. A real screen reader has its own words for roles and states; this was not walked with NVDA, JAWS or VoiceOver.",
      "The patient's two words are never said unasked: from a loudspeaker the patient could repeat them. They stand right after the heading and the sentence below it.",
    ],
  },
  keys: { nl: "Toetsen", en: "Keys" },
  said: { nl: "Gezegd", en: "Said" },
  alert: { nl: "Meteen gezegd", en: "Said at once" },
  focus: { nl: "Focus", en: "Focus" },
  option: { nl: "Keuze", en: "Choice" },
  current: { nl: "Huidige stap", en: "Current step" },
  headings: { nl: "Koppen", en: "Headings" },
  tab: { nl: "Tab", en: "Tab" },
  read: { nl: "Leesvolgorde", en: "Reading order" },
} as const satisfies Readonly<Record<string, Both | Readonly<Record<Language, readonly string[]>>>>

const ROLES: ReadonlyMap<string, Both> = new Map([
  ["heading", { nl: "kop", en: "heading" }],
  ["button", { nl: "knop", en: "button" }],
  ["textbox", { nl: "invoerveld", en: "edit field" }],
  ["combobox", { nl: "invoerveld met suggesties", en: "edit field with suggestions" }],
  ["option", { nl: "optie", en: "option" }],
  ["list", { nl: "keuzelijst", en: "drop-down list" }],
])

/** Throws on a role that has no words yet. */
export function roleWord(role: string, language: Language): string {
  const words = ROLES.get(role)
  if (words === undefined) throw new Error(`the transcript has no word for the role ${role}`)
  return words[language]
}

const STATES: ReadonlyMap<string, Both> = new Map([
  ["level", { nl: "niveau", en: "level" }],
  ["invalid", { nl: "ongeldig", en: "invalid" }],
  ["expanded", { nl: "uitgeklapt", en: "expanded" }],
  ["readonly", { nl: "alleen lezen", en: "read only" }],
  ["disabled", { nl: "niet beschikbaar", en: "not available" }],
])

/** "level 1" in the reader's language. */
export function stateWords(state: string, language: Language): string {
  const [name = "", ...rest] = state.split(" ")
  const words = STATES.get(name)
  if (words === undefined) throw new Error(`the transcript has no word for the state ${state}`)
  return [words[language], ...rest].join(" ")
}
