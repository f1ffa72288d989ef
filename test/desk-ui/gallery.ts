import type { Page } from "@playwright/test"
import type { ConsultView, DeskState, Link, LinkName, ProblemView } from "../../src-preload/desk-state.ts"
import type { HandOverInput } from "../../src-renderer/code-field/understanding.ts"
import { anna, bram, card, minutesFromNow, NOW, PIN, session, UNREAD, type Language } from "./people.ts"
import { away, clock, noReader, notFound, pinWrong, refused } from "./problems.ts"

/** A picture: a state, and what was done in it before the picture was taken. */
export interface Picture {
  readonly state: (language: Language) => DeskState
  /** What stands in the code field, and what main understood of it. */
  readonly typed?: { readonly text: string; readonly understood: HandOverInput }
  /** A button that was pressed, by its name in that language. */
  readonly pressed?: Readonly<Record<Language, string>>
  /** What calls of the window are answered. */
  readonly answers?: Readonly<Record<string, unknown>>
  /** What was done after that, in the page that opened. */
  readonly done?: (page: Page, language: Language) => Promise<void>
}

const LINKS = ["service", "reader", "card", "module", "certificate", "connection"] as const

function line(broken?: LinkName, found?: ProblemView): readonly Link[] {
  const at = broken === undefined ? LINKS.length : LINKS.indexOf(broken)
  return LINKS.map((name, index): Link => {
    if (index < at || name === "connection") return { name, status: "ok" }
    if (index > at) return { name, status: "unknown" }
    return { name, status: "broken", ...(found === undefined ? {} : { problem: found }) }
  })
}

export function desk(language: Language, consult: ConsultView, more: Partial<DeskState> = {}): DeskState {
  return { ...withoutSession(language, consult), session: session(language), ...more }
}

function withoutSession(language: Language, consult: ConsultView): DeskState {
  const readBackLanguages = [
    { language: "nl", name: "Nederlands", reviewed: true },
    { language: "en", name: "English", reviewed: true },
    { language: "ar", name: "العربية", reviewed: false },
  ]
  return {
    environment: "test",
    language,
    line: line(),
    cards: [card(language)],
    consult,
    inFlight: [],
    outbox: { kept: "encrypted", waiting: [], damaged: 0 },
    settings: { idleMinutes: 10, appearance: "system", readBackLanguages, managed: [] },
    version: "0.1.0",
  }
}

type SignedOut = Extract<ConsultView, { readonly is: "signed-out" }>

function signedOut(
  language: Language,
  more: Partial<DeskState> = {},
  consult: Omit<SignedOut, "is"> = {},
): DeskState {
  return { ...withoutSession(language, { is: "signed-out", ...consult }), ...more }
}

const FOUND = { registeredAt: minutesFromNow(-12), expiresAt: minutesFromNow(228), represented: false }
const HASH = "9f2c41d077ab5e104f6d6f3e2b1a9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a2b"

function statement(language: Language) {
  const text = `Content-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: 7bit\n\nDP-3T disclosure authorisation 1\nhash: ${HASH}\ncode: 407192-8356\n`
  return { text, code: "407192-8356", hash: HASH, signer: anna(language) }
}

const readBack = {
  words: ["appel", "lantaarn"],
  language: "nl",
  question: "Welke twee woorden ziet u op uw telefoon?",
} as const

const busy = (language: Language): Partial<DeskState> => ({
  inFlight: [
    { id: "c1", since: minutesFromNow(-1), status: "waiting", at: minutesFromNow(-1), isCurrent: true },
    { id: "c2", since: minutesFromNow(-18), status: "confirmed", at: minutesFromNow(-16), isCurrent: false },
    { id: "c3", since: minutesFromNow(-33), status: "waiting", at: minutesFromNow(-33), isCurrent: false },
    {
      id: "c4",
      since: minutesFromNow(-50),
      status: "refused",
      at: minutesFromNow(-49),
      isCurrent: false,
      problem: refused(language),
    },
  ],
  outbox: {
    kept: "memory",
    damaged: 1,
    waiting: [
      { id: "o1", writtenAt: minutesFromNow(-7), isOwn: true, problem: away(language) },
      { id: "o2", writtenAt: minutesFromNow(-61), isOwn: false },
    ],
  },
})

const typing = (text: string, understood: HandOverInput): Picture => ({
  state: (language) => desk(language, { is: "ready", typed: "" }),
  typed: { text, understood },
})
const known = (word: string) => ({ is: "known", typed: word, word, language: "nl" }) as const
const CODE = { reference: "407192", confirmation: "8356" }
const completions = ["adelaar", "adem", "adres", "advocaat"].map((word) => ({
  word,
  language: "nl",
  text: `kikker molen stoep ${word} `,
}))

const signing = (
  language: Language,
  is: "signing" | "judging" | "posting",
  pinPadUntil?: number,
): DeskState =>
  desk(language, {
    is,
    statement: statement(language),
    ...(pinPadUntil === undefined ? {} : { pinPadUntil }),
  })
const enteringPin = (pin: Partial<typeof PIN>, found?: (language: Language) => ProblemView): Picture => ({
  state: (language) =>
    desk(language, {
      is: "entering-pin",
      ...FOUND,
      statement: statement(language),
      pin: { ...PIN, ...pin },
      ...(found === undefined ? {} : { problem: found(language) }),
    }),
})
const done = (
  outcome: "confirmed" | "refused" | "withdrawn" | "expired" | "returned",
  isExplained = false,
): Picture => ({
  state: (language) =>
    desk(
      language,
      { is: "done", id: "c1", outcome, at: NOW, ...(isExplained ? { problem: refused(language) } : {}) },
      { inFlight: [{ id: "c1", since: minutesFromNow(-1), status: outcome, at: NOW, isCurrent: true }] },
    ),
})

/** Every state of the window that a clinician can meet. */
export const GALLERY: Readonly<Record<string, Picture>> = {
  "sign-in-no-card": {
    state: (language) =>
      signedOut(
        language,
        { cards: [], line: line("reader", noReader(language)) },
        { because: "card-removed" },
      ),
  },
  "sign-in": { state: (language) => signedOut(language) },
  "sign-in-reading": {
    state: (language) => signedOut(language, { cards: [UNREAD] }),
  },
  "sign-in-two-cards": {
    state: (language) =>
      signedOut(language, {
        cards: [card(language), card(language, { id: "card-b", holder: bram(language) })],
      }),
  },
  "sign-in-low": {
    state: (language) =>
      signedOut(
        language,
        { cards: [card(language, { pin: { ...PIN, state: "low", triesLeft: 2 } })] },
        { problem: pinWrong(language) },
      ),
  },
  "sign-in-final-try": {
    state: (language) =>
      signedOut(language, { cards: [card(language, { pin: { ...PIN, state: "final-try", triesLeft: 1 } })] }),
  },
  "sign-in-refused-card": {
    state: (language) =>
      signedOut(language, {
        environment: "production",
        cards: [card(language, { problem: refused(language) })],
      }),
  },
  "signing-in": {
    state: (language) => signedOut(language, { consult: { is: "signing-in", card: card(language) } }),
  },
  "signing-in-pad": {
    state: (language) =>
      signedOut(language, { consult: { is: "signing-in", card: card(language), pinPadUntil: NOW + 24_000 } }),
  },
  code: { state: (language) => desk(language, { is: "ready", typed: "" }) },
  "code-digits": typing("407192-83", { is: "digits", digits: "40719283", shown: "407192-83", missing: 2 }),
  "code-spoken": typing("vier nul zeven", { is: "digits", digits: "407", shown: "407", missing: 7 }),
  "code-words": typing("kikker molen stoep ad", {
    is: "words",
    words: [known("kikker"), known("molen"), known("stoep"), { is: "beginning", typed: "ad" }],
    languages: ["nl"],
    completions,
    missing: 1,
  }),
  "code-complete": typing("kikk mole stoe adel", {
    is: "code",
    code: CODE,
    way: "words",
    shown: "kikker molen stoep adelaar",
    language: "nl",
  }),
  "code-unknown-word": typing("kikker mollen stoep adelaar", {
    is: "problem",
    problem: { is: "unknown-words", positions: [2], language: "nl" },
    words: [
      known("kikker"),
      { is: "unknown", typed: "mollen", nearest: ["molen", "wolken", "kolen"] },
      known("stoep"),
      known("adelaar"),
    ],
    offers: [],
  }),
  "code-check-failed": typing("kikker meloen stoep adelaar", {
    is: "problem",
    problem: { is: "check-failed" },
    words: [known("kikker"), known("meloen"), known("stoep"), known("adelaar")],
    offers: ["molen", "medaille"].map((instead) => ({
      text: `kikker ${instead} stoep adelaar`,
      shown: `kikker ${instead} stoep adelaar`,
      why: "sound",
      position: 2,
      typed: "meloen",
      instead,
      language: "nl",
    })),
  }),
  "code-too-many": typing("407192835611", {
    is: "problem",
    problem: { is: "too-many-digits", found: 12 },
    words: [],
    offers: [],
  }),
  "code-not-found": {
    state: (language) => desk(language, { is: "ready", typed: "407192-8356", problem: notFound(language) }),
  },
  "looking-up": { state: (language) => desk(language, { is: "looking-up", code: "407192-8356" }) },
  comparing: { state: (language) => desk(language, { is: "comparing", ...FOUND, readBack }) },
  "comparing-other-language": {
    state: (language) =>
      desk(language, {
        is: "comparing",
        ...FOUND,
        represented: true,
        warning: clock(language),
        signer: anna(language),
        readBack: {
          words: ["تفاحة", "مصباح"],
          language: "ar",
          own: readBack.words,
          question: "ما الكلمتان اللتان تراهما على هاتفك؟",
        },
      }),
  },
  consent: { state: (language) => desk(language, { is: "reviewing", ...FOUND, signer: anna(language) }) },
  "consent-represented": {
    state: (language) =>
      desk(language, { is: "reviewing", ...FOUND, represented: true, warning: clock(language) }),
  },
  sign: enteringPin({}),
  "sign-pin-wrong": enteringPin({ state: "low", triesLeft: 2 }, pinWrong),
  "sign-final-try": enteringPin({ state: "final-try", triesLeft: 1 }, pinWrong),
  "sign-pad": enteringPin({ pinPad: true }),
  "sign-locked": enteringPin({ state: "locked", triesLeft: 0 }),
  signing: { state: (language) => signing(language, "signing") },
  "signing-pad": { state: (language) => signing(language, "signing", NOW + 24_000) },
  judging: { state: (language) => signing(language, "judging") },
  posting: { state: (language) => signing(language, "posting") },
  following: {
    state: (language) =>
      desk(language, { is: "following", id: "c1", since: minutesFromNow(-1) }, busy(language)),
  },
  "done-confirmed": done("confirmed"),
  "done-refused": done("refused", true),
  "done-withdrawn": done("withdrawn"),
  "done-expired": done("expired"),
  "done-returned": done("returned"),
  problem: {
    state: (language) =>
      desk(language, {
        is: "problem",
        problem: away(language, { retryAfterSeconds: 120 }),
        inOutbox: false,
      }),
  },
  "problem-in-outbox": {
    state: (language) =>
      desk(language, { is: "problem", problem: away(language), inOutbox: true }, busy(language)),
  },
  "problem-final": {
    state: (language) => desk(language, { is: "problem", problem: refused(language), inOutbox: false }),
  },
  "page-lesson": {
    state: (language) => desk(language, { is: "ready", typed: "" }),
    pressed: { nl: "Leer het in drie consulten", en: "Learn it in three consults" },
  },
  "page-link": {
    state: (language) => signedOut(language, { cards: [], line: line("reader", noReader(language)) }),
    pressed: { nl: "Lezer: werkt niet", en: "Reader: not working" },
  },
  "page-outbox": {
    state: (language) => desk(language, { is: "ready", typed: "" }, busy(language)),
    pressed: { nl: "2 berichten wachten op verzending", en: "2 messages wait to be sent" },
  },
  "page-settings": {
    state: (language) => {
      const state = desk(language, { is: "ready", typed: "" })
      return { ...state, settings: { ...state.settings, managed: ["idleMinutes"] } }
    },
    pressed: { nl: "Instellingen", en: "Settings" },
  },
}
