import type { ScriptStep, ScriptText } from "./texts.ts"

/** Wat u kunt zeggen, wat de telefoon toont, en wat patiënten vaak vragen. */
export const dutchScript: Readonly<Record<ScriptStep, ScriptText>> = {
  before: {
    say: ["Pak uw telefoon er vast bij en open de app."],
    phone: ["Klaar om een code te maken"],
    questions: [
      { asked: "Moet ik dit doen?", answer: "Nee. U beslist zelf, en stoppen mag altijd." },
      { asked: "Kost het veel tijd?", answer: "Nee, het duurt ongeveer een halve minuut." },
    ],
  },
  code: {
    say: [
      "Lees de tien cijfers voor die u ziet. Rustig, twee tegelijk.",
      "Lukt dat niet? Lees dan de vier woorden voor.",
    ],
    phone: ["Lees dit voor aan uw arts", "tien cijfers", "of vier woorden"],
    questions: [
      { asked: "Ik zie geen cijfers.", answer: "Open de app en kies “Deel met mijn arts”." },
      { asked: "Ik kan ze niet goed lezen.", answer: "Laat het scherm zien, of lees de vier woorden voor." },
    ],
  },
  words: {
    say: ["Welke twee woorden ziet u op uw telefoon?"],
    phone: ["Lees deze twee woorden voor", "●●●●●", "●●●●●●●"],
    questions: [
      { asked: "Waarom moet dat?", answer: "Zo weten we zeker dat dit úw telefoon is." },
      {
        asked: "Mijn telefoon heeft een andere taal.",
        answer: "Dat geeft niet. Kies hier de taal van de patiënt.",
      },
    ],
  },
  consent: {
    say: [
      "Uw telefoon waarschuwt straks mensen die dichtbij u waren.",
      "Niemand ziet dat het van u komt. Vindt u dat goed?",
    ],
    phone: ["Uw arts heeft uw code", "U kunt nog stoppen"],
    questions: [
      { asked: "Ziet iemand mijn naam?", answer: "Nee. Er gaat geen naam mee, en ook geen plaats." },
      { asked: "Kan ik nog terug?", answer: "Ja. Tot het laatst kunt u op uw telefoon stoppen." },
    ],
  },
  signing: {
    say: ["Ik onderteken nu dat u dit mag delen."],
    phone: ["Uw arts ondertekent nu…", "U kunt nog stoppen"],
    questions: [
      {
        asked: "Wat ondertekent u?",
        answer: "Alleen dat u dit mag delen. Er staat niets over uw gezondheid in.",
      },
    ],
  },
  waiting: {
    say: ["Het is verstuurd. Uw telefoon controleert nu mijn handtekening."],
    phone: ["Even controleren…", "Houd de app open"],
    questions: [
      { asked: "Moet ik hier blijven?", answer: "Nee. De app gaat vanzelf verder, ook thuis." },
      { asked: "Er gebeurt niets.", answer: "Kijk of de telefoon internet heeft en of de app open is." },
    ],
  },
  done: {
    say: ["Het is gelukt. Uw telefoon doet de rest."],
    phone: ["✓ Gecontroleerd", "Uw arts heeft getekend", "U kunt dit nog stoppen"],
    questions: [
      {
        asked: "Wanneer krijgen anderen bericht?",
        answer: "Dat doet uw telefoon, op een moment dat u kiest.",
      },
    ],
  },
  stopped: {
    say: ["Er is niets gedeeld. Zullen we het nog eens proberen?"],
    phone: ["Er is niets gedeeld"],
    questions: [
      { asked: "Is er nu iets fout gegaan?", answer: "Nee. Uw gegevens staan nog alleen op uw telefoon." },
    ],
  },
}
