import { WORD_LANGUAGES } from "../../src-protocol/trustwords/languages.ts"
import type { ConsultInFlight, DeskState, SessionView, SettingsView } from "../../src-preload/desk-state.ts"
import type { DeskSession } from "./desk-session.ts"
import { showCard, showCardBeingRead, showHolder, type KnownCard } from "./show-card.ts"
import { followedProblem, showConsult } from "./show-consult.ts"

/** All that the window shows, as one value. */
export function showDesk(desk: DeskSession): DeskState {
  const { options, line } = desk
  const at = options.clock()
  const { language } = options.preferences.chosen
  const session = showSession(desk)
  return {
    environment: options.trust.environment.name,
    language,
    line: line.show(language, at),
    cards: [
      ...line.cards.map((card) => showCard(card, language, at)),
      ...line.reading.map((reader) => showCardBeingRead(reader)),
    ],
    ...(session === undefined ? {} : { session }),
    consult: showConsult({
      state: desk.desk.state,
      language,
      at,
      typed: desk.typed,
      beside: desk.beside,
      because: desk.because,
      readBack: desk.readBack.view,
      pinPadUntil: desk.pinPadUntil,
      triesLeft: desk.triesLeft,
      card: desk.card,
      opened: openedOf(desk),
    }),
    inFlight: showInFlight(desk),
    outbox: desk.outbox.show(language, at),
    settings: showSettings(desk),
    version: options.version,
  }
}

function openedOf({ openedId, inFlight }: DeskSession): ReturnType<DeskSession["inFlight"]["get"]> {
  return openedId === undefined ? undefined : inFlight.get(openedId)
}

function showSession({ desk, card, options, offer }: DeskSession): SessionView | undefined {
  const { session } = desk
  if (session === undefined || card === undefined) return undefined
  const { expiresAt, authorisedSinceLastSignIn, budgetLeft } = session.answer
  return {
    holder: showSignedIn(card, session.answer.clinician, options.preferences.chosen.language),
    cardId: card.token.serial,
    expiresAt: Date.parse(expiresAt),
    authorisedSinceLastSignIn,
    budgetLeft,
    hasRepresentation: offer.isThere,
  }
}

type SignedIn = NonNullable<DeskSession["desk"]["session"]>["answer"]["clinician"]

/** Who it is the backend says; what the card adds is for show. */
function showSignedIn(
  { token, holder }: KnownCard,
  clinician: SignedIn,
  language: DeskState["language"],
): SessionView["holder"] {
  const { name, uziNumber, subscriberNumber, roleCode, organisation } = clinician
  const shown = holder ?? { ...NOBODY, notAfter: 0 }
  const said = { ...shown, name, uziNumber, subscriberNumber, roleCode }
  return showHolder(organisation === undefined ? said : { ...said, organisation }, token.serial, language)
}

const NOBODY = {
  name: "",
  uziNumber: "",
  subscriberNumber: "",
  roleCode: "",
  agbCode: "",
  profession: "",
  certificate: new Uint8Array(),
  certificateSha256: "",
  notBefore: 0,
}

function showInFlight({ inFlight, openedId, options }: DeskSession): readonly ConsultInFlight[] {
  const { clock, preferences } = options
  return inFlight.all.map((followed) => ({
    id: followed.id,
    since: followed.since,
    status: followed.status,
    at: followed.at,
    isCurrent: followed.id === openedId,
    ...followedProblem(followed, preferences.chosen.language, clock()),
  }))
}

function showSettings({ options }: DeskSession): SettingsView {
  const { idleMinutes, appearance } = options.preferences.chosen
  return {
    idleMinutes,
    appearance,
    readBackLanguages: WORD_LANGUAGES.map(({ language, name, reviewed }) => ({ language, name, reviewed })),
    managed: options.managed,
  }
}
