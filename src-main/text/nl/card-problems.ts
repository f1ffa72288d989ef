import type { CardProblem } from "../../card/card-error.ts"
import type { ProblemText } from "../problem-text.ts"

const AGAIN_IN = "Neem de pas uit de lezer, steek hem er weer in en probeer het nog eens."
const CALL_HELPDESK = "Bel de helpdesk."

/** Nederlands: wat er met kaart, lezer of pincode is, en wat u nu doet. */
export const cardProblems: Readonly<Record<CardProblem, ProblemText>> = {
  SERVICE_MISSING: {
    title: "De kaartdienst ontbreekt",
    sentence: "Op deze computer ontbreekt de dienst voor kaartlezers.",
    steps: ["Vraag de helpdesk om de smartcarddienst te installeren."],
  },
  SERVICE_STOPPED: {
    title: "De kaartdienst staat uit",
    sentence: "De dienst voor kaartlezers staat uit.",
    steps: ["Sluit de kaartlezer opnieuw aan.", "Helpt dat niet? Start de computer opnieuw."],
  },
  SERVICE_UNRESPONSIVE: {
    title: "De kaartdienst antwoordt niet",
    sentence: "De dienst voor kaartlezers antwoordt niet.",
    steps: ["Haal de kaartlezer uit de computer.", "Sluit hem na tien tellen weer aan."],
  },
  NO_READER: {
    title: "Geen kaartlezer",
    sentence: "Er is geen kaartlezer gevonden.",
    steps: ["Sluit de kaartlezer aan, of steek de stekker er opnieuw in."],
  },
  MODULE_ARCHITECTURE: {
    title: "De kaartsoftware is voor een andere computer",
    sentence: "De software voor de kaartlezer is voor een ander soort computer gemaakt.",
    steps: ["Vraag de helpdesk om de versie die bij deze computer hoort."],
  },
  MODULE_DEPENDENCY: {
    title: "De kaartsoftware is niet volledig",
    sentence: "Er ontbreekt een deel van de software voor de kaartlezer.",
    steps: ["Installeer SafeSign opnieuw, of vraag het de helpdesk."],
  },
  MODULE_NO_SLOTS: {
    title: "De kaartsoftware ziet geen lezer",
    sentence: "De software voor de kaartlezer ziet de lezer niet.",
    steps: ["Sluit de lezer opnieuw aan.", "Start dit programma daarna opnieuw."],
  },
  CARD_MUTE: {
    title: "De pas geeft geen antwoord",
    sentence: "Er zit een pas in de lezer, maar die zegt niets.",
    steps: ["Steek de pas met de chip naar voren in de lezer.", "Maak zo nodig de chip schoon."],
  },
  CARD_AUTHENTICATION_ONLY: {
    title: "Deze pas kan alleen aanmelden",
    sentence: "Met deze pas kunt u zich aanmelden, maar niet ondertekenen.",
    steps: ["Gebruik een zorgverlenerpas met uw eigen naam."],
  },
  CARD_EXPIRED: {
    title: "De pas is verlopen",
    sentence: "Deze pas is verlopen.",
    steps: ["Gebruik een geldige pas, of vraag er een aan bij het UZI-register."],
  },
  CARD_NOT_YET_VALID: {
    title: "De pas is nog niet geldig",
    sentence: "Deze pas is nog niet geldig.",
    steps: ["Kijk of de klok van deze computer goed staat.", "Klopt de klok? Wacht dan tot de pas ingaat."],
  },
  CARD_FOREIGN: {
    title: "Geen UZI-pas",
    sentence: "Dit is geen pas waarmee u hier kunt ondertekenen.",
    steps: ["Steek een UZI-pas van een zorgverlener in de lezer."],
  },
  MODULE_MISSING: {
    title: "De kaartsoftware ontbreekt",
    sentence: "De software voor de kaartlezer is niet gevonden.",
    steps: ["Installeer SafeSign, of vraag het de helpdesk."],
  },
  MODULE_INVALID: {
    title: "De kaartsoftware past niet",
    sentence: "De ingestelde software voor de kaartlezer kan niet worden gebruikt.",
    steps: ["Vraag de helpdesk om de instelling na te kijken."],
  },
  MODULE_CRASHED: {
    title: "De kaartsoftware liep vast",
    sentence: "De software van de kaartlezer is vastgelopen en opnieuw gestart.",
    steps: ["Probeer het nog eens.", "Gebeurt het vaker? Bel dan de helpdesk."],
  },
  HOST_TIMEOUT: {
    title: "De kaartlezer antwoordt niet",
    sentence: "De pas of de lezer hangt, of een ander programma houdt de pas bezet.",
    steps: [AGAIN_IN, "Sluit andere programma's die de pas gebruiken."],
  },
  HOST_STOPPED: {
    title: "Het programma wordt afgesloten",
    sentence: "Het programma wordt afgesloten en gebruikt de kaartlezer niet meer.",
    steps: ["Start het programma opnieuw."],
  },
  NO_TOKEN: {
    title: "Geen pas in de lezer",
    sentence: "Er zit geen pas in de lezer.",
    steps: ["Steek uw UZI-pas in de lezer, met de chip naar voren."],
  },
  TOKEN_NOT_FOUND: {
    title: "De gekozen pas is weg",
    sentence: "De gekozen pas zit niet meer in de lezer.",
    steps: ["Steek uw eigen UZI-pas in de lezer."],
  },
  TOKEN_NOT_ACTIVATED: {
    title: "De pas is nog niet actief",
    sentence: "Deze pas is nog niet geactiveerd.",
    steps: ["Activeer de pas eenmalig met SafeSign.", "Probeer het daarna nog eens."],
  },
  CARD_UNREADABLE: {
    title: "De pas is niet te lezen",
    sentence: "Deze pas kan niet worden gelezen.",
    steps: ["Kijk of de pas goed in de lezer zit, met de chip naar voren.", "Kijk of het een UZI-pas is."],
  },
  CARD_REMOVED: {
    title: "De pas is uit de lezer gehaald",
    sentence: "De pas is uit de lezer gehaald. Er is niets ondertekend.",
    steps: ["Steek de pas er weer in en probeer het nog eens."],
  },
  CARD_FAILED: {
    title: "De pas of de lezer gaf een fout",
    sentence: "Het lezen of ondertekenen is niet gelukt.",
    steps: [AGAIN_IN, "Helpt dat niet? Probeer een andere lezer of bel de helpdesk."],
  },
  CARD_BUSY: {
    title: "De pas is in gebruik",
    sentence: "Een ander programma gebruikt de pas.",
    steps: ["Sluit dat programma en probeer het nog eens."],
  },
  NO_SIGNATURE_CERTIFICATE: {
    title: "Met deze pas kan niet worden ondertekend",
    sentence: "Op deze pas staat geen certificaat voor een handtekening.",
    steps: ["Gebruik een andere UZI-pas."],
  },
  NO_AUTHENTICATION_CERTIFICATE: {
    title: "Met deze pas kunt u zich niet aanmelden",
    sentence: "Op deze pas staat geen certificaat om u mee aan te melden.",
    steps: ["Gebruik een andere UZI-pas."],
  },
  WRONG_CERTIFICATE: {
    title: "Een andere pas in de lezer",
    sentence: "De pas in de lezer is niet de pas die u koos.",
    steps: ["Steek uw eigen pas in de lezer en begin opnieuw."],
  },
  NO_PRIVATE_KEY: {
    title: "De sleutel ontbreekt op de pas",
    sentence: "De sleutel bij dit certificaat staat niet op de pas.",
    steps: [CALL_HELPDESK],
  },
  ALGORITHM_UNSUPPORTED: {
    title: "De pas ondertekent op een andere manier",
    sentence: "Deze pas kan niet ondertekenen op de manier die nodig is.",
    steps: [CALL_HELPDESK],
  },
  PIN_WRONG: {
    title: "De pincode klopt niet",
    sentence: "De pas neemt deze pincode niet aan; er is een poging verbruikt.",
    steps: ["Typ de pincode nog eens, rustig."],
  },
  PIN_LOCKED: {
    title: "De pincode is geblokkeerd",
    sentence: "Er is te vaak een verkeerde pincode getypt; de pas neemt er geen meer aan.",
    steps: [
      "Deblokkeer de pas met de pukcode in SafeSign.",
      "Hebt u geen pukcode? Bel dan het UZI-register.",
    ],
  },
  PIN_LENGTH: {
    title: "De pincode heeft niet de goede lengte",
    sentence: "De pincode is te kort of te lang. Er is geen poging verbruikt.",
    steps: ["Typ de pincode nog eens."],
  },
  PIN_CHARACTERS: {
    title: "Een teken in de pincode kan niet",
    sentence: "In de pincode staat een teken dat niet kan. Er is geen poging verbruikt.",
    steps: ["Typ de pincode nog eens, zonder spaties."],
  },
  PIN_EXPIRED: {
    title: "De pincode is verlopen",
    sentence: "De pas neemt deze pincode niet meer aan.",
    steps: ["Kies een nieuwe pincode in SafeSign."],
  },
  PIN_CANCELLED: {
    title: "De pincode is niet ingetypt",
    sentence: "Het intypen van de pincode is afgebroken. Er is niets ondertekend.",
    steps: ["Probeer het nog eens."],
  },
}
