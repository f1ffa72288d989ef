import { signerText } from "../../src-protocol/signer-text.ts"
import type { PhoneWords } from "./phone-words.ts"

/** The patient's words in Dutch: what is the matter, then what to do. */
export const dutchPhoneWords: PhoneWords = {
  situations: {
    "nothing-registered": "Er is nog niets aangemeld. Uw sleutels staan alleen op deze telefoon.",
    registering: "Het aanmelden is nog niet gelukt. Probeer het opnieuw; er is nog niets gedeeld.",
    registered: "Geef deze code aan uw zorgverlener, en lees daarna de twee controlewoorden voor.",
    "registered-after-mismatch":
      "De toestemming die binnenkwam hoorde niet bij uw gegevens en is weggegooid. Geef de code nog een keer aan uw zorgverlener.",
    received:
      "De toestemming is binnen, maar kan nu nog niet worden gecontroleerd. De app probeert het vanzelf opnieuw.",
    verified:
      "Uw zorgverlener heeft toestemming gegeven en alles klopt. U kunt nu publiceren, of het nog intrekken.",
    "verified-and-planned":
      "Alles klopt. De app publiceert op een willekeurig moment; tot dan kunt u het nog intrekken.",
    publishing: "De app is bezig met publiceren en gaat door tot het is gelukt.",
    "publication-refused":
      "De publicatie is geweigerd. Er is niets vernietigd; u kunt het opnieuw proberen of intrekken.",
    done: "Het is gelukt. Uw oude sleutels zijn van deze telefoon gewist en er is een nieuwe sleutel gemaakt.",
    refused: "De toestemming is niet goed en er is niets gedeeld. Uw sleutels staan nog op deze telefoon.",
    withdrawn: "U hebt het ingetrokken. Er is niets gedeeld.",
    "withdrawn-untold":
      "U hebt het ingetrokken en er wordt niets gedeeld. De server hoort het zodra er weer verbinding is.",
    expired: "De code is verlopen. Wilt u nog publiceren, maak dan een nieuwe code.",
  },
  errors: {
    "no-network": "Er is geen verbinding met de server. Controleer uw internet en probeer het opnieuw.",
    "timed-out": "De server antwoordt niet op tijd. Probeer het over een paar minuten opnieuw.",
    redirected:
      "Dit netwerk stuurt de app ergens anders heen. Meld u eerst aan bij het wifi-netwerk, of gebruik een ander.",
    "wrong-answer":
      "De server gaf een antwoord dat de app niet begrijpt. Probeer het later opnieuw, of werk de app bij.",
    "answer-too-large": "Het antwoord van de server is te groot. Probeer het later opnieuw.",
    "backend-unavailable": "De server is even niet beschikbaar. Probeer het over een paar minuten opnieuw.",
    "too-many-requests": "Het is nu te druk. Probeer het over een paar minuten opnieuw.",
    "not-found":
      "De server kent deze aanmelding niet. De app probeert het tot de code verloopt; maak anders een nieuwe code.",
    "own-clock-wrong":
      "De klok van deze telefoon loopt niet gelijk. Zet de tijd op automatisch en probeer het opnieuw.",
    "state-changed":
      "Er is ondertussen iets veranderd op deze telefoon. Kijk hoe het ervoor staat en probeer het opnieuw.",
    "state-not-written":
      "De app kan niets opslaan. Maak ruimte vrij op deze telefoon en probeer het opnieuw.",
    "no-free-reference": "Er is nu geen vrije code. Probeer het over een paar minuten opnieuw.",
    "puzzle-too-hard": "Het is nu te druk om aan te melden. Probeer het later opnieuw.",
    "request-refused": "De server neemt dit verzoek niet aan. Werk de app bij.",
    "representation-refused":
      "De zorgverlener heeft niet bevestigd dat u deze persoon vertegenwoordigt. Op de pagina die u zag, staat waarom.",
    "insecure-backend": "De verbinding met deze server zou niet veilig zijn. Er is niets verstuurd.",
    "state-not-readable":
      "De app kan de eigen gegevens niet lezen. Controleer of de app er toegang toe heeft.",
    "state-corrupt": "De gegevens van de app zijn beschadigd. Er is niets overschreven; vraag om hulp.",
    "state-foreign": "Dit bestand is niet van deze app. Er is niets overschreven; kies een ander bestand.",
    "state-too-new": "Deze gegevens zijn van een nieuwere versie van de app. Werk de app bij.",
    "disclosure-under-way": "Er loopt al een aanmelding. Maak die eerst af, of trek hem in.",
    "nothing-registered": "Er is nog niets aangemeld. Maak eerst een code.",
    "not-authorised-yet": "Uw zorgverlener heeft nog geen toestemming gegeven. Wacht daar eerst op.",
    "already-over": "Deze aanmelding is al afgelopen. Maak een nieuwe code als u nog wilt publiceren.",
    "too-late-to-withdraw": "Intrekken kan niet meer: de sleutels zijn al gepubliceerd of onderweg.",
    "day-not-held": "Van die dag heeft deze telefoon geen sleutels. Kies een latere dag, niet na vandaag.",
    "no-batch-key": "De app mist de sleutel waarmee gepubliceerde lijsten worden gecontroleerd.",
    "no-such-batch": "Deze lijst is er (nog) niet. Probeer het later opnieuw.",
    "wrong-batch": "De gepubliceerde lijst is niet echt of is beschadigd. De app gebruikt hem niet.",
  },
  shareCode: (digits) => `Mijn vrijgavecode is ${digits}. De twee controlewoorden lees ik u zelf voor.`,
  validUntil: (time) => `De code is geldig tot ${time}.`,
  publishesAt: (time) => `De app publiceert om ${time}.`,
  signedBy: (signer, time) => `Ondertekend door ${signerText(signer)}, op ${time}.`,
}
