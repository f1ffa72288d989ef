import type { ScriptStep, ScriptText } from "./texts.ts"

/** What to say, what the phone shows, and what patients often ask. */
export const englishScript: Readonly<Record<ScriptStep, ScriptText>> = {
  before: {
    say: ["Please take your phone and open the app."],
    phone: ["Ready to make a code"],
    questions: [
      { asked: "Do I have to do this?", answer: "No. You decide, and you may always stop." },
      { asked: "Does it take long?", answer: "No, about half a minute." },
    ],
  },
  code: {
    say: [
      "Read out the ten digits that you see. Calmly, two at a time.",
      "Is that hard? Then read the four words.",
    ],
    phone: ["Read this to your clinician", "ten digits", "or four words"],
    questions: [
      { asked: "I see no digits.", answer: "Open the app and choose “Share with my clinician”." },
      { asked: "I cannot read them well.", answer: "Show me the screen, or read the four words." },
    ],
  },
  words: {
    say: ["Which two words do you see on your phone?"],
    phone: ["Read out these two words", "●●●●●", "●●●●●●●"],
    questions: [
      { asked: "Why is that needed?", answer: "It makes sure that this is your phone and no other." },
      { asked: "My phone has another language.", answer: "No problem. Choose the patient's language here." },
    ],
  },
  consent: {
    say: [
      "Your phone will warn people who were close to you.",
      "Nobody sees that it comes from you. Is that all right?",
    ],
    phone: ["Your clinician has your code", "You can still stop"],
    questions: [
      { asked: "Does anyone see my name?", answer: "No. No name goes with it, and no place either." },
      { asked: "Can I still go back?", answer: "Yes. You can stop on your phone until the very end." },
    ],
  },
  signing: {
    say: ["I now sign that you may share this."],
    phone: ["Your clinician is signing…", "You can still stop"],
    questions: [
      {
        asked: "What do you sign?",
        answer: "Only that you may share this. It says nothing about your health.",
      },
    ],
  },
  waiting: {
    say: ["It is sent. Your phone now checks my signature."],
    phone: ["Checking…", "Keep the app open"],
    questions: [
      { asked: "Do I have to stay here?", answer: "No. The app goes on by itself, at home too." },
      { asked: "Nothing happens.", answer: "Check that the phone has internet and that the app is open." },
    ],
  },
  done: {
    say: ["It worked. Your phone does the rest."],
    phone: ["✓ Checked", "Your clinician has signed", "You can still stop"],
    questions: [
      { asked: "When are others told?", answer: "Your phone does that, at a moment that you choose." },
    ],
  },
  stopped: {
    say: ["Nothing was shared. Shall we try once more?"],
    phone: ["Nothing was shared"],
    questions: [{ asked: "Did something go wrong?", answer: "No. Your data are still on your phone only." }],
  },
}
