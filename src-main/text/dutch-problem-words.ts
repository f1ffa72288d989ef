import type { DeskProblemCode } from "../desk-problem.ts"

/** Nederlands: wat er is, en wat u nu doet. */
export const dutchProblemWords: Readonly<Record<DeskProblemCode, string>> = {
  MODULE_MISSING:
    "De software voor de kaartlezer is niet gevonden. Installeer SafeSign of vraag het de helpdesk.",
  MODULE_INVALID:
    "De ingestelde software voor de kaartlezer kan niet worden gebruikt. Vraag de helpdesk om de instelling na te kijken.",
  MODULE_CRASHED: "De software van de kaartlezer is vastgelopen en opnieuw gestart. Probeer het nog eens.",
  HOST_TIMEOUT:
    "De kaartlezer antwoordt niet. Neem de pas uit de lezer, steek hem er weer in en probeer het nog eens.",
  HOST_STOPPED: "Het programma wordt afgesloten. Start het opnieuw.",
  NO_TOKEN: "Er zit geen pas in de lezer. Steek uw UZI-pas in de lezer.",
  TOKEN_NOT_FOUND: "De gekozen pas zit niet in de lezer. Steek uw eigen UZI-pas in de lezer.",
  TOKEN_NOT_ACTIVATED: "Deze pas is nog niet geactiveerd. Activeer hem eenmalig met SafeSign.",
  CARD_UNREADABLE:
    "Deze pas kan niet worden gelezen. Kijk of hij goed in de lezer zit, en of het een UZI-pas is.",
  CARD_REMOVED:
    "De pas is uit de lezer gehaald. Er is niets ondertekend. Steek hem er weer in en probeer het nog eens.",
  CARD_FAILED:
    "De pas of de lezer gaf een fout. Neem de pas uit de lezer, steek hem er weer in en probeer het nog eens.",
  CARD_BUSY: "Een ander programma gebruikt de pas. Sluit dat programma en probeer het nog eens.",
  NO_SIGNATURE_CERTIFICATE:
    "Met deze pas kan niet worden ondertekend: het handtekeningcertificaat ontbreekt. Gebruik een andere pas.",
  NO_AUTHENTICATION_CERTIFICATE:
    "Met deze pas kunt u zich niet aanmelden: het certificaat daarvoor ontbreekt. Gebruik een andere pas.",
  WRONG_CERTIFICATE:
    "De pas in de lezer is niet de pas die u koos. Steek uw eigen pas in de lezer en begin opnieuw.",
  NO_PRIVATE_KEY: "De sleutel bij dit certificaat staat niet op de pas. Vraag de helpdesk om hulp.",
  ALGORITHM_UNSUPPORTED:
    "Deze pas kan niet ondertekenen op de manier die nodig is. Vraag de helpdesk om hulp.",
  PIN_WRONG: "De pincode klopt niet. Typ hem nog eens, rustig.",
  PIN_LOCKED: "De pincode is geblokkeerd. Deblokkeer de pas met de pukcode in SafeSign.",
  PIN_LENGTH: "De pincode is te kort of te lang. Er is geen poging verbruikt.",
  PIN_CHARACTERS: "In de pincode staat een teken dat niet kan. Er is geen poging verbruikt.",
  PIN_EXPIRED: "De pincode is verlopen. Kies een nieuwe in SafeSign.",
  PIN_CANCELLED: "Het intypen van de pincode is afgebroken. Er is niets ondertekend.",

  unreachable:
    "Het vrijgavesysteem is niet bereikbaar. Kijk of u verbinding met internet hebt en probeer het nog eens.",
  "timed-out": "Het vrijgavesysteem antwoordt niet op tijd. Probeer het over een minuut nog eens.",
  redirected:
    "Het netwerk stuurt u naar een andere pagina, misschien om in te loggen. Meld u aan bij het netwerk en probeer het nog eens.",
  "answer-too-large":
    "Het antwoord kwam niet van het vrijgavesysteem. Vraag de helpdesk naar de netwerkinstellingen.",
  "malformed-answer":
    "Het antwoord van het vrijgavesysteem is onleesbaar. Probeer het nog eens, of bel de helpdesk.",
  "unexpected-answer":
    "Iets in het netwerk antwoordde in plaats van het vrijgavesysteem. Probeer het over een minuut nog eens.",
  "malformed-request": "Het vrijgavesysteem begrijpt dit programma niet. Installeer de nieuwste versie.",
  "payload-too-large": "Het ondertekende bericht is te groot. Bel de helpdesk.",
  "reference-taken": "Deze code is al in gebruik. Vraag de patiënt om een nieuwe code.",
  "puzzle-required": "Het vrijgavesysteem begrijpt dit programma niet. Installeer de nieuwste versie.",
  "too-many-requests":
    "Er zijn te veel codes achter elkaar opgezocht. Wacht even en probeer het dan nog eens.",
  "not-found":
    "Deze code is niet bekend, of niet meer geldig. Lees de cijfers na, of vraag de patiënt om een nieuwe code.",
  gone: "Deze vrijgave is al afgelopen. Vraag de patiënt zo nodig om een nieuwe code.",
  "not-signed-in": "Uw aanmelding is verlopen. Meld u opnieuw aan met uw pas.",
  "already-authorised": "Een andere zorgverlener heeft dit al ondertekend. U hoeft niets meer te doen.",
  refused: "Het vrijgavesysteem weigert dit.",
  "revocation-unknown":
    "Nu is niet na te gaan of uw pas is ingetrokken. Probeer het over een paar minuten nog eens.",
  "budget-spent": "U hebt vandaag het hoogste aantal vrijgaven ondertekend. Vraag een collega.",
  unavailable: "Het vrijgavesysteem is even niet beschikbaar. Probeer het over een paar minuten nog eens.",

  OUTBOX_UNWRITABLE:
    "De handtekening kon niet worden bewaard en is niet verzonden. Kijk of de schijf vol is en onderteken opnieuw.",
  OUTBOX_DAMAGED:
    "Het postvak met ondertekende berichten is niet te openen. Bel de helpdesk; er is niets weggegooid.",

  CODE_MALFORMED: "Dit is geen code: een code heeft tien cijfers. Vraag de patiënt om hem nog eens te lezen.",
  READ_BACK_DIFFERS:
    "De woorden van de patiënt zijn andere. Onderteken niet: controleer de code, of vraag om een nieuwe.",
  CONSENT_MISSING: "Zonder toestemming van de patiënt wordt er niet ondertekend.",
  JUDGED_UNFIT: "Deze handtekening zou worden geweigerd en is niet verzonden.",
  ALREADY_HANDLED: "Deze code is al ondertekend. U hoeft niets meer te doen.",
  CLOCK_DIFFERS:
    "De klok van deze computer loopt niet gelijk met die van het vrijgavesysteem. Zet de klok goed voordat u ondertekent.",
  OUT_OF_ORDER: "Dit kan nu niet. Begin opnieuw met de code van de patiënt.",
  UNEXPECTED:
    "Er ging iets mis dat niet had mogen gebeuren. Begin opnieuw, en bel de helpdesk als het weer gebeurt.",
}
