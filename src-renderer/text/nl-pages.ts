import type { Texts } from "./texts.ts"

type Pages =
  | "following"
  | "done"
  | "problem"
  | "linkPage"
  | "outbox"
  | "settings"
  | "patient"
  | "practise"
  | "announce"
  | "lost"

/** Wat na het ondertekenen komt, en de bladzijden naast het consult. */
export const dutchPages: Pick<Texts, Pages> = {
  following: {
    title: "Verstuurd. De telefoon is aan zet",
    lead: "U hoeft niet te wachten. Onder “Lopende consulten” ziet u het zodra de telefoon bevestigt.",
    signed: "Ondertekend, en door dit programma gecontroleerd",
    accepted: "Aangenomen door het vrijgavesysteem",
    phone: "De telefoon controleert uw handtekening",
    publication: "De patiënt geeft de gegevens zelf vrij. Dat ziet u hier niet.",
    next: "Volgende patiënt",
    since: (time) => `sinds ${time}`,
  },
  done: {
    next: "Volgende patiënt",
    confirmed: {
      title: "De telefoon heeft het bevestigd",
      lead: "U bent klaar. U hoeft niets meer te doen.",
      step: "Opgehaald en goedgekeurd door de telefoon",
    },
    refused: {
      title: "De telefoon heeft het geweigerd",
      lead: "Er is niets vrijgegeven. Hieronder staat waarom, en wat u kunt doen.",
      step: "Geweigerd door de telefoon",
    },
    withdrawn: {
      title: "De patiënt is gestopt",
      lead: "Dat mag altijd. Er is niets vrijgegeven en u hoeft niets te doen.",
      step: "Ingetrokken door de patiënt",
    },
    expired: {
      title: "De telefoon heeft zich niet gemeld",
      lead: "De code is verlopen en er is niets vrijgegeven. Wil de patiënt het nog? Begin dan met een nieuwe code.",
      step: "Verlopen voordat de telefoon het ophaalde",
    },
    returned: {
      title: "Deze handtekening hoort bij een andere code",
      lead: "De telefoon heeft de handtekening niet gebruikt. Vraag de code nog eens, en teken opnieuw.",
      step: "Teruggestuurd door de telefoon",
    },
  },
  problem: {
    now: "Wat u nu doet",
    retry: "Probeer opnieuw",
    back: "Terug naar de code",
    toSignIn: "Naar aanmelden",
    copy: "Kopieer verslag voor de helpdesk",
    copied: "Gekopieerd. Er staat niets over de patiënt in.",
    inOutbox: "Uw handtekening is bewaard en wordt vanzelf verstuurd. U hoeft niet opnieuw te tekenen.",
    code: "Foutcode",
    retryAt: (time) => `Opnieuw proberen kan vanaf ${time}.`,
    triesLeft: (count) => (count === 1 ? "U hebt nog 1 poging." : `U hebt nog ${count} pogingen.`),
    close: "Sluiten",
    check: "Kijk opnieuw",
  },
  linkPage: {
    title: (link) => `${link}: zo staat het`,
    service: {
      what: "De kaartdienst is het deel van de computer dat met kaartlezers praat.",
      ok: "De kaartdienst werkt.",
    },
    reader: { what: "In de kaartlezer steekt u uw pas.", ok: "De lezer is gevonden." },
    card: { what: "Met uw UZI-pas meldt u zich aan en ondertekent u.", ok: "Er zit een pas in de lezer." },
    module: {
      what: "Het pasprogramma kent de taal van uw pas.",
      ok: "Het pasprogramma is gevonden en werkt.",
    },
    certificate: {
      what: "Het certificaat op de pas zegt wie u bent en wat uw beroep is.",
      ok: "Het certificaat is geldig.",
    },
    connection: {
      what: "De verbinding gaat naar het vrijgavesysteem.",
      ok: "Het vrijgavesysteem is bereikbaar.",
    },
  },
  outbox: {
    title: "Wacht op verzending",
    lead: "Deze handtekeningen zijn gezet, maar nog niet aangekomen. Ze worden vanzelf verstuurd als de verbinding er is.",
    empty: "Alles is verstuurd.",
    memory:
      "Deze computer kan niets versleuteld bewaren. Sluit het programma dus niet voordat alles is verstuurd: wat wacht, gaat dan verloren.",
    damaged: (count) =>
      count === 1
        ? "1 bestand is niet te lezen. Het blijft staan; bel de helpdesk."
        : `${count} bestanden zijn niet te lezen. Ze blijven staan; bel de helpdesk.`,
    written: (time) => `Ondertekend om ${time}`,
    own: "van u",
    foreign: "van een collega: alleen die kan dit versturen",
    send: "Verstuur nu",
    discard: "Weggooien",
    discardSure: "Weggooien? De patiënt krijgt deze handtekening dan nooit.",
    discardYes: "Ja, gooi weg",
    keep: "Bewaren",
  },
  settings: {
    title: "Instellingen",
    language: "Taal",
    idle: "Afmelden als u weg bent, na",
    minutes: (count) => (count === 1 ? "1 minuut" : `${count} minuten`),
    appearance: "Kleuren",
    appearances: { system: "Zoals de computer", light: "Licht", dark: "Donker" },
    managed: "Vastgezet door uw organisatie.",
    version: "Versie",
    close: "Klaar",
  },
  patient: {
    label: "Hulp bij het gesprek",
    sees: "Wat de patiënt nu ziet",
    say: "Zo kunt u het zeggen",
    asked: "Vaak gevraagd",
    fold: "Klap hulp in",
    unfold: "Klap hulp uit",
    mayStop: "De patiënt mag altijd stoppen.",
  },
  practise: {
    title: "Leer het in drie consulten",
    progress: (done, of) => `${done} van ${of} gedaan`,
    tasks: [
      { title: "Met cijfers", lead: "Vraag de tien cijfers, vergelijk de twee woorden en onderteken." },
      { title: "Met woorden", lead: "Typ nu de vier woorden. De eerste vier letters zijn genoeg." },
      {
        title: "Er klopt iets niet",
        lead: "De patiënt zegt twee andere woorden. Kies “Nee, andere woorden” en begin opnieuw.",
      },
    ],
    finished: { title: "U kunt het", lead: "Drie consulten gedaan. Zo gaat het ook in het echt." },
    stop: "Stop met oefenen",
  },
  announce: {
    step: (number, of, name) => `Stap ${number} van ${of}: ${name}.`,
    card: (name, ending) => `De pas van ${name}, die eindigt op ${ending}.`,
    found: "Code gevonden.",
    elsewhere: (outcome) => `Een eerdere patiënt: ${outcome}.`,
  },
  lost: {
    title: "Het venster kan niet verder",
    lead: "Sluit het programma en open het opnieuw. Wat ondertekend is, blijft bewaard.",
  },
}
