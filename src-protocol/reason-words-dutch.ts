import type { ReasonWords } from "./reason-words.ts"
import type { RefusalReason } from "./reasons.ts"

/** Dutch, in plain words: cause first, then what to do now. */
export const dutchReasonWords: Readonly<Record<RefusalReason, ReasonWords>> = {
  "malformed-smime": {
    clinician:
      "Het ondertekende bericht is onderweg beschadigd: onderteken opnieuw, en bel de helpdesk als het weer gebeurt.",
    patient:
      "Het bericht van uw zorgverlener kwam niet goed aan: maak een nieuwe code en geef die aan uw zorgverlener.",
  },
  "malformed-cms": {
    clinician:
      "De handtekening is niet goed opgeslagen in het bericht: onderteken opnieuw, en bel de helpdesk als het weer gebeurt.",
    patient:
      "Het bericht van uw zorgverlener is niet leesbaar: maak een nieuwe code en geef die aan uw zorgverlener.",
  },
  "multiple-signers": {
    clinician:
      "Er staat meer dan één handtekening onder: onderteken opnieuw, met alleen uw eigen pas in de lezer.",
    patient:
      "Er staat meer dan één handtekening onder het bericht: vraag of één zorgverlener het opnieuw doet met een nieuwe code.",
  },
  "weak-algorithm": {
    clinician:
      "De handtekening is op een verouderde manier gezet: bel de helpdesk, want deze pas of computer moet worden bijgewerkt.",
    patient:
      "De pas van uw zorgverlener zet een verouderde handtekening: vraag of een collega het doet met een nieuwe code.",
  },
  "bad-signed-attributes": {
    clinician:
      "Bij de handtekening ontbreken gegevens of kloppen ze niet: onderteken opnieuw, en bel de helpdesk als het weer gebeurt.",
    patient:
      "De handtekening van uw zorgverlener is niet volledig: maak een nieuwe code en geef die aan uw zorgverlener.",
  },
  "bad-signature": {
    clinician:
      "De handtekening hoort niet bij dit bericht: neem de pas uit de lezer, steek hem er weer in en onderteken opnieuw.",
    patient:
      "De handtekening hoort niet bij dit bericht: er is niets gedeeld, maak een nieuwe code en geef die aan uw zorgverlener.",
  },
  "malformed-statement": {
    clinician:
      "Er is een andere tekst ondertekend dan was afgesproken: werk deze app bij en onderteken daarna opnieuw.",
    patient:
      "Uw zorgverlener heeft een andere tekst ondertekend dan de bedoeling was: maak een nieuwe code en geef die door.",
  },
  "untrusted-chain": {
    clinician:
      "Deze pas komt niet van een uitgever die wij vertrouwen: gebruik uw eigen UZI-pas, of bel de helpdesk als u dat al doet.",
    patient:
      "De app kent de uitgever van deze pas niet: er is niets gedeeld, vraag uw zorgverlener om een andere pas te gebruiken.",
  },
  "wrong-issuing-ca": {
    clinician:
      "Dit is geen UZI-zorgverlenerpas: gebruik de pas die op uw eigen naam en beroep is uitgegeven.",
    patient:
      "Er is een pas gebruikt die hiervoor niet is bedoeld: vraag uw zorgverlener om het met de eigen zorgverlenerpas te doen.",
  },
  "signing-time-implausible": {
    clinician:
      "De tijd van de handtekening klopt niet: laat de klok van deze computer gelijkzetten en onderteken opnieuw.",
    patient:
      "De klok van uw telefoon of van uw zorgverlener loopt niet gelijk: zet uw klok op automatisch, dan gaat de app vanzelf verder.",
  },
  "certificate-not-yet-valid": {
    clinician:
      "Deze pas is nog niet geldig: kijk op welke datum hij ingaat, en gebruik tot dan een andere geldige UZI-pas.",
    patient:
      "De pas van uw zorgverlener is nog niet geldig: u hoeft niets te doen, de app probeert het later vanzelf opnieuw.",
  },
  "certificate-expired": {
    clinician:
      "Deze pas is verlopen: gebruik een geldige UZI-pas, of vraag een nieuwe aan bij het UZI-register.",
    patient:
      "De pas van uw zorgverlener is verlopen: vraag of een collega met een geldige pas het doet met een nieuwe code.",
  },
  "certificate-revoked": {
    clinician:
      "Deze pas is ingetrokken of geblokkeerd: gebruik een andere geldige UZI-pas en neem contact op met het UZI-register.",
    patient:
      "De pas van uw zorgverlener is niet meer in gebruik: vraag of een collega het doet met een nieuwe code.",
  },
  "revocation-unknown": {
    clinician:
      "Wij kunnen nu niet nagaan of deze pas nog geldig is: wacht even, de app probeert het vanzelf opnieuw.",
    patient:
      "De app kan nu niet nagaan of de pas nog geldig is: u hoeft niets te doen, de app probeert het vanzelf opnieuw.",
  },
  "wrong-key-usage": {
    clinician:
      "Er is niet met de handtekeningsleutel van de pas ondertekend: onderteken opnieuw, en bel de helpdesk als het weer gebeurt.",
    patient:
      "De pas is niet op de juiste manier gebruikt: maak een nieuwe code en vraag uw zorgverlener om het nog eens te doen.",
  },
  "wrong-policy": {
    clinician:
      "Met dit certificaat van de pas mag u niet ondertekenen: onderteken met het handtekeningcertificaat van uw UZI-pas.",
    patient:
      "De pas is niet op de juiste manier gebruikt: maak een nieuwe code en vraag uw zorgverlener om het nog eens te doen.",
  },
  "missing-qc-statements": {
    clinician:
      "Deze pas zet geen gekwalificeerde handtekening: gebruik een gewone UZI-zorgverlenerpas, of bel de helpdesk.",
    patient:
      "Met deze pas kan geen geldige handtekening worden gezet: vraag of een collega het doet met een nieuwe code.",
  },
  "not-a-uzi-certificate": {
    clinician: "Dit is geen UZI-pas: steek uw eigen UZI-zorgverlenerpas in de lezer en onderteken opnieuw.",
    patient:
      "Er is een pas gebruikt die hiervoor niet is bedoeld: vraag uw zorgverlener om het met de eigen zorgverlenerpas te doen.",
  },
  "uzi-number-mismatch": {
    clinician:
      "Op deze pas staan twee verschillende UZI-nummers: gebruik een andere pas en meld dit bij het UZI-register.",
    patient:
      "De gegevens op de pas van uw zorgverlener kloppen niet helemaal: vraag of een collega het doet met een nieuwe code.",
  },
  "wrong-pass-type": {
    clinician:
      "Met een medewerkerpas kunt u dit niet vrijgeven: gebruik een zorgverlenerpas, of vraag een collega die er een heeft.",
    patient:
      "Met deze pas mag dit niet worden vrijgegeven: vraag een arts of andere zorgverlener om het te doen met een nieuwe code.",
  },
  "profession-not-article-3": {
    clinician:
      "Alleen wie onder artikel 3 van de Wet BIG valt, mag dit vrijgeven: vraag een collega met zo'n beroep om het te doen.",
    patient:
      "Het beroep op deze pas geeft niet het recht om dit te doen: vraag bijvoorbeeld een arts of verpleegkundige, met een nieuwe code.",
  },
  "hash-mismatch": {
    clinician:
      "U hebt voor andere gegevens ondertekend dan die op de telefoon van de patiënt: vergelijk samen de twee woorden en onderteken opnieuw.",
    patient:
      "De handtekening is voor andere gegevens dan de uwe: er is niets gedeeld, laat uw zorgverlener het samen met u nog eens doen.",
  },
  "reference-mismatch": {
    clinician:
      "De eerste zes cijfers horen niet bij deze patiënt: laat de code nog eens voorlezen en onderteken opnieuw.",
    patient:
      "De handtekening is voor een andere code dan de uwe: er is niets gedeeld, lees uw code nog eens voor aan uw zorgverlener.",
  },
  "confirmation-mismatch": {
    clinician:
      "De laatste vier cijfers van de code kloppen niet: laat de code nog eens voorlezen en onderteken opnieuw.",
    patient:
      "De laatste vier cijfers waren anders dan in uw code: er is niets gedeeld, lees uw code nog eens voor aan uw zorgverlener.",
  },
  "signer-mismatch": {
    clinician:
      "U hebt ondertekend met een andere pas dan waarmee u bent aangemeld: meld u aan met de pas waarmee u wilt ondertekenen.",
    patient:
      "Een ander heeft ondertekend dan de zorgverlener die was aangemeld: vraag uw zorgverlener om het nog eens te doen.",
  },
  "malformed-opaque": {
    clinician:
      "De telefoon van de patiënt stuurde gegevens in een onbekende vorm: laat de patiënt de app bijwerken en een nieuwe code maken.",
    patient:
      "De app heeft uw gegevens niet in de juiste vorm verstuurd: werk de app bij en maak een nieuwe code.",
  },
  "implausible-day": {
    clinician:
      "De eerste besmettelijke dag ligt te ver terug of in de toekomst: bespreek de dag met de patiënt en gebruik een nieuwe code.",
    patient:
      "De gekozen eerste dag ligt te ver terug of in de toekomst: kies de dag opnieuw met uw zorgverlener en maak een nieuwe code.",
  },
  "not-accepted": {
    clinician:
      "De vrijgave staat niet of niet meer klaar: vraag de patiënt om een nieuwe code en onderteken opnieuw.",
    patient:
      "De vrijgave staat niet of niet meer klaar: maak een nieuwe code en geef die aan uw zorgverlener.",
  },
  "already-published": {
    clinician: "Deze gegevens zijn al gedeeld: u hoeft niets meer te doen.",
    patient: "Uw gegevens zijn al gedeeld: u hoeft niets meer te doen.",
  },
}
