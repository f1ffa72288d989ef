import type { ExceptionWords, PageWords } from "./page-words.ts"

/** Wat de client te horen krijgt, ging al mis voordat er een pagina was. */
const UNREADABLE: ExceptionWords = {
  title: "Deze aanvraag klopt niet",
  told: "Uw app of website heeft een aanvraag gestuurd die wij niet kunnen gebruiken.",
  advice:
    "Ga terug naar uw app of website en begin opnieuw. Gaat het weer mis? Neem dan contact op met de maker ervan.",
}

const BIRTH_DATE: ExceptionWords = {
  title: "De geboortedatum klopt niet",
  told: "De geboortedatum in uw app hoort niet bij de persoon die u net hebt gekozen. Zo voorkomen wij dat gegevens van twee mensen door elkaar raken.",
  advice:
    "Kijk in uw app of de geboortedatum goed is, en begin opnieuw. Hebt u misschien de verkeerde persoon gekozen? Lukt het niet, neem dan contact op met de zorgverlener.",
}

export const dutchPages: PageWords = {
  ownName: "Nederlands",
  footer: "Deze pagina gebruikt geen volgcookies en bewaart uw geboortedatum niet.",
  server: "Toestemming voor zorggegevens",
  testBanner: "Oefenomgeving: dit zijn geen echte personen",
  landing: {
    title: (forAnother) => (forAnother ? "Gegevens ophalen voor iemand anders" : "Uw gegevens ophalen"),
    asks: (client, forAnother) =>
      forAnother
        ? `${client} wil gegevens ophalen van iemand die u vertegenwoordigt, zoals uw ouder of uw partner.`
        : `${client} wil uw gegevens ophalen.`,
    stepsTitle: "Zo gaat het",
    steps: (forAnother) =>
      forAnother
        ? [
            "U logt in met uw eigen DigiD.",
            "U kiest voor wie u dit doet.",
            "Wij kijken of de geboortedatum klopt.",
            "U zegt of u toestemming geeft.",
          ]
        : ["U logt in met uw DigiD.", "U zegt of u toestemming geeft."],
    go: "Verder naar inloggen",
    stop: "Stoppen",
  },
  consent: {
    title: "Geeft u toestemming?",
    asks: (client, provider, forAnother) =>
      forAnother
        ? `Mag ${provider} de gegevens van de persoon die u vertegenwoordigt aan ${client} geven?`
        : `Mag ${provider} uw gegevens aan ${client} geven?`,
    from: "Wie geeft de gegevens",
    to: "Wie krijgt de gegevens",
    what: "Welke gegevens",
    forWhom: "Voor wie",
    forYourself: "voor uzelf",
    forAnother: "voor de persoon die u net hebt gekozen; de geboortedatum klopt",
    free: "U mag altijd nee zeggen. Dan wordt er niets gedeeld.",
    yes: "Ja, ik geef toestemming",
    no: "Nee, niet delen",
  },
  refused: {
    nothingShared: "Er zijn geen gegevens gedeeld.",
    clientToldNothing: (client) => `${client} hoort alleen dat het niet is gelukt, niet waarom.`,
    back: (client) => `Terug naar ${client}`,
  },
  exceptions: {
    "client-unusable": UNREADABLE,
    "request-malformed": UNREADABLE,
    "proof-key": UNREADABLE,
    "response-type": UNREADABLE,
    scope: UNREADABLE,
    "birth-date-missing": UNREADABLE,
    "birth-date-malformed": UNREADABLE,
    "authentication-cancelled": {
      title: "U bent gestopt",
      told: "U hebt het inloggen niet afgemaakt.",
      advice: "Wilt u het toch doen? Ga dan terug naar uw app of website en begin opnieuw.",
    },
    "authentication-failed": {
      title: "Inloggen is niet gelukt",
      told: "Wij weten niet zeker wie u bent.",
      advice: "Ga terug naar uw app of website en probeer het later nog een keer.",
    },
    "representation-not-used": {
      title: "U bent voor uzelf ingelogd",
      told: "Uw app vroeg om gegevens van iemand anders. Maar bij het inloggen hebt u niemand gekozen voor wie u dit doet.",
      advice: "Begin opnieuw in uw app. Kies na het inloggen de persoon die u vertegenwoordigt.",
    },
    "representation-not-asked": {
      title: "U bent voor iemand anders ingelogd",
      told: "Uw app vroeg om uw eigen gegevens. Maar bij het inloggen hebt u iemand anders gekozen.",
      advice:
        "Begin opnieuw in uw app en log in voor uzelf. Of kies in uw app dat het voor iemand anders is.",
    },
    "not-a-representative": {
      title: "U kunt deze persoon hier niet vertegenwoordigen",
      told: "De zorgverlener weet niet dat u deze persoon mag vertegenwoordigen.",
      advice: "Neem contact op met de zorgverlener.",
    },
    "birth-date-differs": BIRTH_DATE,
    "too-many-mismatches": BIRTH_DATE,
    "wrong-age": {
      title: "Dit kan niet bij deze leeftijd",
      told: "Voor deze persoon kunnen de gegevens niet op deze manier worden opgehaald, vanwege de leeftijd.",
      advice: "Vraag de zorgverlener hoe het wel kan.",
    },
    "no-data": {
      title: "Er zijn geen gegevens",
      told: "De zorgverlener heeft voor deze vraag geen gegevens die u kunt ophalen.",
      advice: "Denkt u dat dit niet klopt? Neem dan contact op met de zorgverlener.",
    },
    "consent-refused": {
      title: "U hebt nee gezegd",
      told: "U gaf geen toestemming.",
      advice: "Bedenkt u zich? Ga dan terug naar uw app of website en begin opnieuw.",
    },
    "provider-unavailable": {
      title: "Er is een storing",
      told: "Het is op dit moment niet mogelijk om toestemming te geven.",
      advice: "Onze excuses. Probeer het later nog een keer.",
    },
  },
  lost: {
    title: "Deze aanvraag is voorbij",
    told: "De aanvraag is al afgerond, duurde te lang, of hoort bij een andere browser.",
    advice: "Ga terug naar uw app of website en begin opnieuw.",
  },
  notFound: {
    title: "Deze pagina is er niet",
    told: "Op dit adres staat niets.",
    advice: "Ga terug naar uw app of website.",
  },
  mock: {
    sender: "Nagebootste DigiD",
    banner: "Oefenomgeving: dit is geen echte DigiD en dit zijn geen echte personen",
    whoTitle: "Wie bent u?",
    who: "Kies een testpersoon",
    nobody: "Er zijn nog geen testpersonen. Maak er een met: vrijgave dossier add",
    goOn: "Inloggen",
    forWhomTitle: "Voor wie doet u dit?",
    forWhom: "Kies voor wie",
    myself: "voor mijzelf",
    confirm: "Verder",
    cancel: "Annuleren",
    wrong: "Fouten nabootsen",
    misbehave: "Laat vertegenwoordigen toe, ook als daar niet om is gevraagd",
    fail: "Inloggen laten mislukken",
  },
}
