import type { BackendProblem } from "../../backend/backend-error.ts"
import type { ProblemText } from "../problem-text.ts"

const NEWEST = "Installeer de nieuwste versie, of vraag het de helpdesk."
const NEW_CODE = "Vraag de patiënt om een nieuwe code."

/** Nederlands: wat er is met het vrijgavesysteem of de weg ernaartoe, en wat u nu doet. */
export const backendProblems: Readonly<Record<BackendProblem, ProblemText>> = {
  unreachable: {
    title: "Geen verbinding",
    sentence: "Het vrijgavesysteem is niet bereikbaar.",
    steps: ["Kijk of u verbinding met internet hebt.", "Probeer het daarna nog eens."],
  },
  "timed-out": {
    title: "Geen antwoord",
    sentence: "Het vrijgavesysteem antwoordt niet op tijd.",
    steps: ["Probeer het over een minuut nog eens."],
  },
  redirected: {
    title: "Het netwerk vraagt om een aanmelding",
    sentence: "Het netwerk stuurt u naar een andere pagina, misschien om in te loggen.",
    steps: ["Meld u aan bij het netwerk en probeer het nog eens."],
  },
  "answer-too-large": {
    title: "Een vreemd antwoord",
    sentence: "Het antwoord was veel te groot en kwam niet van het vrijgavesysteem.",
    steps: ["Vraag de helpdesk naar de netwerkinstellingen."],
  },
  "malformed-answer": {
    title: "Een onleesbaar antwoord",
    sentence: "Het antwoord van het vrijgavesysteem is onleesbaar.",
    steps: ["Probeer het nog eens.", "Gebeurt het vaker? Bel dan de helpdesk."],
  },
  "unexpected-answer": {
    title: "Iets anders antwoordde",
    sentence: "Iets in het netwerk antwoordde in plaats van het vrijgavesysteem.",
    steps: ["Probeer het over een minuut nog eens."],
  },
  "malformed-request": {
    title: "Dit programma is te oud",
    sentence: "Het vrijgavesysteem begrijpt dit programma niet.",
    steps: [NEWEST],
  },
  "payload-too-large": {
    title: "Het bericht is te groot",
    sentence: "Het ondertekende bericht is te groot.",
    steps: ["Bel de helpdesk."],
  },
  "reference-taken": {
    title: "De code is al in gebruik",
    sentence: "Deze code is al in gebruik.",
    steps: [NEW_CODE],
  },
  "puzzle-required": {
    title: "Dit programma is te oud",
    sentence: "Het vrijgavesysteem vraagt iets dat dit programma niet kent.",
    steps: [NEWEST],
  },
  "too-many-requests": {
    title: "Even wachten",
    sentence: "Er zijn te veel codes achter elkaar opgezocht.",
    steps: ["Wacht even en probeer het dan nog eens."],
  },
  "not-found": {
    title: "Deze code is niet bekend",
    sentence: "Deze code is niet bekend, of niet meer geldig.",
    steps: [
      "Lees de cijfers samen met de patiënt na.",
      "Kloppen ze? Vraag de patiënt dan om een nieuwe code.",
    ],
  },
  gone: {
    title: "Deze vrijgave is afgelopen",
    sentence: "Deze vrijgave is al afgelopen.",
    steps: ["Vraag de patiënt zo nodig om een nieuwe code."],
  },
  "not-signed-in": {
    title: "U bent niet meer aangemeld",
    sentence: "Uw aanmelding is verlopen.",
    steps: ["Meld u opnieuw aan met uw pas."],
  },
  "already-authorised": {
    title: "Al ondertekend",
    sentence: "Een andere zorgverlener heeft dit al ondertekend.",
    steps: ["U hoeft niets meer te doen."],
  },
  refused: {
    title: "Geweigerd",
    sentence: "Het vrijgavesysteem weigert dit.",
    steps: ["Bel de helpdesk."],
  },
  "revocation-unknown": {
    title: "Uw pas is nu niet te controleren",
    sentence: "Nu is niet na te gaan of uw pas is ingetrokken.",
    steps: ["Probeer het over een paar minuten nog eens."],
  },
  "budget-spent": {
    title: "Het hoogste aantal van vandaag",
    sentence: "U hebt vandaag het hoogste aantal vrijgaven ondertekend.",
    steps: ["Vraag een collega."],
  },
  unavailable: {
    title: "Het vrijgavesysteem is er even niet",
    sentence: "Het vrijgavesysteem is even niet beschikbaar.",
    steps: ["Probeer het over een paar minuten nog eens."],
  },
}
