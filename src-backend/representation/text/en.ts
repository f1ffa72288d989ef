import type { ExceptionWords, PageWords } from "./page-words.ts"

const UNREADABLE: ExceptionWords = {
  title: "This request is not right",
  told: "Your app or website sent a request that we cannot use.",
  advice: "Go back to your app or website and start again. Does it go wrong again? Then contact its maker.",
}

const BIRTH_DATE: ExceptionWords = {
  title: "The date of birth is not right",
  told: "The date of birth in your app does not belong to the person whom you just chose. This check keeps the data of two people apart.",
  advice:
    "Check the date of birth in your app and start again. Did you perhaps choose another person? If it does not work, contact the care provider.",
}

export const englishPages: PageWords = {
  ownName: "English",
  footer: "This page uses no tracking cookies and does not keep your date of birth.",
  server: "Consent for care data",
  testBanner: "Practice environment: these are not real people",
  landing: {
    title: (forAnother) => (forAnother ? "Get data for someone else" : "Get your data"),
    asks: (client, forAnother) =>
      forAnother
        ? `${client} wants to get data of someone whom you represent, such as your parent or your partner.`
        : `${client} wants to get your data.`,
    stepsTitle: "How it goes",
    steps: (forAnother) =>
      forAnother
        ? [
            "You log in with your own DigiD.",
            "You choose for whom you do this.",
            "We check whether the date of birth is right.",
            "You say whether you consent.",
          ]
        : ["You log in with your DigiD.", "You say whether you consent."],
    go: "Go on to log in",
    stop: "Stop",
  },
  consent: {
    title: "Do you consent?",
    asks: (client, provider, forAnother) =>
      forAnother
        ? `May ${provider} give the data of the person whom you represent to ${client}?`
        : `May ${provider} give your data to ${client}?`,
    from: "Who gives the data",
    to: "Who gets the data",
    what: "Which data",
    forWhom: "For whom",
    forYourself: "for yourself",
    forAnother: "for the person whom you just chose; the date of birth is right",
    free: "You may always say no. Then nothing is shared.",
    yes: "Yes, I consent",
    no: "No, do not share",
  },
  refused: {
    nothingShared: "No data was shared.",
    clientToldNothing: (client) => `${client} only hears that it did not work, not why.`,
    back: (client) => `Back to ${client}`,
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
      title: "You stopped",
      told: "You did not finish logging in.",
      advice: "Would you like to do it after all? Go back to your app or website and start again.",
    },
    "authentication-failed": {
      title: "Logging in did not work",
      told: "We are not sure who you are.",
      advice: "Go back to your app or website and try again later.",
    },
    "representation-not-used": {
      title: "You are logged in for yourself",
      told: "Your app asked for data of someone else. But when you logged in, you chose nobody for whom you do this.",
      advice: "Start again in your app. After you log in, choose the person whom you represent.",
    },
    "representation-not-asked": {
      title: "You are logged in for someone else",
      told: "Your app asked for your own data. But when you logged in, you chose someone else.",
      advice:
        "Start again in your app and log in for yourself. Or choose in your app that it is for someone else.",
    },
    "not-a-representative": {
      title: "You cannot represent this person here",
      told: "The care provider does not know that you may represent this person.",
      advice: "Contact the care provider.",
    },
    "birth-date-differs": BIRTH_DATE,
    "too-many-mismatches": BIRTH_DATE,
    "wrong-age": {
      title: "This is not possible at this age",
      told: "The data of this person cannot be fetched in this way, because of their age.",
      advice: "Ask the care provider how it can be done.",
    },
    "no-data": {
      title: "There is no data",
      told: "The care provider has no data that you can get with this request.",
      advice: "Do you think that this is not right? Contact the care provider.",
    },
    "consent-refused": {
      title: "You said no",
      told: "You did not consent.",
      advice: "Have you changed your mind? Go back to your app or website and start again.",
    },
    "provider-unavailable": {
      title: "Something is out of order",
      told: "It is not possible to consent at the moment.",
      advice: "We are sorry. Try again later.",
    },
  },
  lost: {
    title: "This request is over",
    told: "The request was finished already, took too long, or belongs to another browser.",
    advice: "Go back to your app or website and start again.",
  },
  notFound: {
    title: "There is no such page",
    told: "There is nothing at this address.",
    advice: "Go back to your app or website.",
  },
  mock: {
    sender: "Mock DigiD",
    banner: "Practice environment: this is not the real DigiD, and these are not real people",
    whoTitle: "Who are you?",
    who: "Choose a test person",
    nobody: "There are no test persons yet. Make one with: vrijgave dossier add",
    goOn: "Log in",
    forWhomTitle: "For whom do you do this?",
    forWhom: "Choose for whom",
    myself: "for myself",
    confirm: "Go on",
    cancel: "Cancel",
    wrong: "Play faults",
    misbehave: "Allow representation even where it was not asked for",
    fail: "Make the log-in fail",
  },
}
