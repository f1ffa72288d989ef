import type { OwnProblem } from "../../desk-problem.ts"
import type { OutboxProblem } from "../../outbox/outbox-error.ts"
import type { ProblemText } from "../problem-text.ts"

/** Nederlands: wat het programma zelf vindt, en wat u nu doet. */
export const deskProblems: Readonly<Record<OwnProblem | OutboxProblem, ProblemText>> = {
  OUTBOX_UNWRITABLE: {
    title: "De handtekening is niet bewaard",
    sentence: "De handtekening kon niet worden bewaard en is niet verzonden.",
    steps: ["Kijk of de schijf vol is.", "Onderteken daarna opnieuw."],
  },
  OUTBOX_DAMAGED: {
    title: "Het postvak is niet te openen",
    sentence: "Het postvak met ondertekende berichten is niet te openen. Er is niets weggegooid.",
    steps: ["Bel de helpdesk."],
  },
  CODE_MALFORMED: {
    title: "Dit is geen code",
    sentence: "Dit is geen code: een code heeft tien cijfers, of vier woorden.",
    steps: ["Vraag de patiënt om de code nog eens voor te lezen."],
  },
  READ_BACK_DIFFERS: {
    title: "De woorden zijn niet dezelfde",
    sentence: "De woorden van de patiënt zijn andere. Er is niets ondertekend.",
    steps: [
      "Controleer de code samen met de patiënt.",
      "Zijn de woorden weer anders? Vraag de patiënt dan om een nieuwe code.",
    ],
  },
  CONSENT_MISSING: {
    title: "De toestemming ontbreekt",
    sentence: "Zonder toestemming van de patiënt wordt er niet ondertekend.",
    steps: ["Vraag de patiënt om toestemming."],
  },
  JUDGED_UNFIT: {
    title: "De handtekening zou worden geweigerd",
    sentence: "Deze handtekening zou worden geweigerd en is niet verzonden.",
    steps: ["Begin opnieuw met de code van de patiënt.", "Gebeurt het vaker? Bel dan de helpdesk."],
  },
  ALREADY_HANDLED: {
    title: "Deze code is al ondertekend",
    sentence: "Een handtekening voor deze code is al aangekomen.",
    steps: ["U hoeft niets meer te doen."],
  },
  CLOCK_DIFFERS: {
    title: "De klok loopt niet gelijk",
    sentence: "De klok van deze computer loopt niet gelijk met die van het vrijgavesysteem.",
    steps: ["Laat de klok gelijkzetten voordat u ondertekent."],
  },
  LAST_TRY: {
    title: "Dit is de laatste poging",
    sentence: "Nog één verkeerde pincode, en de pas wordt geblokkeerd. Er is niets geprobeerd.",
    steps: ["Weet u de pincode zeker? Bevestig dat dan en typ hem.", "Zo niet, zoek hem dan eerst op."],
  },
  PIN_MISSING: {
    title: "Typ uw pincode",
    sentence: "Er is geen pincode getypt. Er is geen poging verbruikt.",
    steps: ["Typ de pincode van uw pas."],
  },
  TEST_CARD: {
    title: "Dit is een testpas",
    sentence: "Dit is een testpas. Daarmee kunt u alleen in de oefenomgeving werken.",
    steps: ["Gebruik uw echte UZI-pas.", "Wilt u oefenen? Start dan de oefenomgeving."],
  },
  REAL_CARD: {
    title: "Dit is een echte pas",
    sentence: "Dit is de oefenomgeving. Een echte UZI-pas werkt hier niet.",
    steps: ["Gebruik een testpas.", "Wilt u echt ondertekenen? Start dan het gewone programma."],
  },
  REPRESENTATION_DECLINED: {
    title: "U tekent niet namens een ander",
    sentence: "U hebt dit consult gestopt. Er is niets ondertekend en niets vrijgegeven.",
    steps: ["Vertel de vertegenwoordiger waarom u niet tekent.", "De code verloopt daarna vanzelf."],
  },
  REPRESENTATION_ABSENT: {
    title: "Hier is geen vertegenwoordiging",
    sentence: "Bij uw zorgaanbieder kan niemand een ander vertegenwoordigen.",
    steps: ["Vraag uw beheerder als u dit niet had verwacht."],
  },
  DOSSIER_UNKNOWN: {
    title: "Dit dossier is niet bekend",
    sentence: "Uw zorgaanbieder heeft geen dossier met dit kenmerk. Er is niets veranderd.",
    steps: ["Controleer het kenmerk van het dossier.", "Klopt het? Vraag het dan uw beheerder."],
  },
  BIRTH_DATE_MALFORMED: {
    title: "Dit kan geen geboortedatum zijn",
    sentence: "Deze datum bestaat niet, of ligt in de toekomst. Er is niets veranderd.",
    steps: ["Controleer de datum, en vul hem opnieuw in."],
  },
  OUT_OF_ORDER: {
    title: "Dit kan nu niet",
    sentence: "Deze stap past niet bij waar het consult nu is.",
    steps: ["Begin opnieuw met de code van de patiënt."],
  },
  UNEXPECTED: {
    title: "Er ging iets mis",
    sentence: "Er ging iets mis dat niet had mogen gebeuren.",
    steps: ["Begin opnieuw.", "Gebeurt het weer? Bel dan de helpdesk."],
  },
}
