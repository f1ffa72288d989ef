import type { dutchPages } from "./nl-pages.ts"

/** What comes after signing, and the pages beside the consult. */
export const englishPages: typeof dutchPages = {
  following: {
    title: "Sent. It is the phone's turn",
    lead: "You need not wait. “Consults in progress” shows when the phone confirms.",
    signed: "Signed, and checked by this program",
    accepted: "Accepted by the release system",
    phone: "The phone checks your signature",
    publication: "The patient releases the data. You do not see that here.",
    next: "Next patient",
    since: (time) => `since ${time}`,
  },
  done: {
    next: "Next patient",
    confirmed: {
      title: "The phone has confirmed it",
      lead: "You are done. There is nothing more to do.",
      step: "Fetched and approved by the phone",
    },
    refused: {
      title: "The phone has refused it",
      lead: "Nothing was released. Below is why, and what you can do.",
      step: "Refused by the phone",
    },
    withdrawn: {
      title: "The patient has stopped",
      lead: "That is always allowed. Nothing was released and you need not do anything.",
      step: "Withdrawn by the patient",
    },
    expired: {
      title: "The phone did not answer",
      lead: "The code has expired and nothing was released. Does the patient still want to? Start with a new code.",
      step: "Expired before the phone fetched it",
    },
    returned: {
      title: "This signature belongs to another code",
      lead: "The phone did not use it. Ask for the code again, and sign once more.",
      step: "Sent back by the phone",
    },
  },
  problem: {
    now: "What to do now",
    retry: "Try again",
    back: "Back to the code",
    toSignIn: "To sign-in",
    copy: "Copy a report for the help desk",
    copied: "Copied. There is nothing about the patient in it.",
    inOutbox: "Your signature is kept and will be sent by itself. You need not sign again.",
    code: "Problem code",
    retryAt: (time) => `You can try again from ${time}.`,
    triesLeft: (count) => (count === 1 ? "You have 1 try left." : `You have ${count} tries left.`),
    close: "Close",
    check: "Look again",
  },
  linkPage: {
    title: (link) => `${link}: how it stands`,
    service: {
      what: "The card service is the part of the computer that talks to card readers.",
      ok: "The card service works.",
    },
    reader: { what: "You put your card in the card reader.", ok: "The reader was found." },
    card: { what: "With your UZI card you sign in and sign.", ok: "There is a card in the reader." },
    module: {
      what: "The card software speaks the language of your card.",
      ok: "The card software was found and works.",
    },
    certificate: {
      what: "The certificate on the card says who you are and what your profession is.",
      ok: "The certificate is valid.",
    },
    connection: {
      what: "The connection goes to the release system.",
      ok: "The release system can be reached.",
    },
  },
  outbox: {
    title: "Waiting to be sent",
    lead: "These signatures were made but have not arrived yet. They are sent by themselves once there is a connection.",
    empty: "Everything was sent.",
    memory:
      "This computer cannot keep anything encrypted. So do not close the program before everything is sent: what waits would be lost.",
    damaged: (count) =>
      count === 1
        ? "1 file cannot be read. It stays where it is; call the help desk."
        : `${count} files cannot be read. They stay where they are; call the help desk.`,
    written: (time) => `Signed at ${time}`,
    own: "yours",
    foreign: "a colleague's: only they can send it",
    send: "Send now",
    discard: "Throw away",
    discardSure: "Throw it away? The patient will then never get this signature.",
    discardYes: "Yes, throw away",
    keep: "Keep it",
  },
  settings: {
    title: "Settings",
    language: "Language",
    idle: "Sign out when you are away, after",
    minutes: (count) => (count === 1 ? "1 minute" : `${count} minutes`),
    appearance: "Colours",
    appearances: { system: "Same as the computer", light: "Light", dark: "Dark" },
    managed: "Fixed by your organisation.",
    version: "Version",
    close: "Done",
  },
  patient: {
    label: "Help with the conversation",
    sees: "What the patient sees now",
    say: "You can say",
    asked: "Often asked",
    fold: "Fold help away",
    unfold: "Unfold help",
    mayStop: "The patient may always stop.",
  },
  practise: {
    title: "Learn it in three consults",
    progress: (done, of) => `${done} of ${of} done`,
    tasks: [
      { title: "With digits", lead: "Ask for the ten digits, compare the two words and sign." },
      { title: "With words", lead: "Now type the four words. The first four letters are enough." },
      {
        title: "Something is wrong",
        lead: "The patient says two other words. Choose “No, other words” and start again.",
      },
    ],
    finished: { title: "You can do it", lead: "Three consults done. It goes just like this in reality." },
    stop: "Stop practising",
  },
  announce: {
    step: (number, of, name) => `Step ${number} of ${of}: ${name}.`,
    card: (name, ending) => `The card of ${name}, ending in ${ending}.`,
    found: "Code found.",
    elsewhere: (outcome) => `An earlier patient: ${outcome}.`,
  },
  lost: {
    title: "The window cannot go on",
    lead: "Close the program and open it again. What was signed is kept.",
  },
}
