import { wordListIn } from "./all-lists.ts"
import type { WordList } from "./word-list.ts"

/** What a clinician needs to hand over in a patient's language. The sentences are the clinician's, to be read aloud. */
export interface WordLanguage {
  /** BCP 47. */
  readonly language: string
  /** As its speakers call it. */
  readonly name: string
  readonly direction: "ltr" | "rtl"
  /** Whether somebody who grew up with the language has read the sentences; of those that we only checked, `false`. */
  readonly reviewed: boolean
  readonly askForCode: string
  readonly askForReadBack: string
  readonly isRight: string
  readonly isWrong: string
}

/** The languages that have a word list. */
export const WORD_LANGUAGES: readonly WordLanguage[] = [
  {
    language: "nl",
    name: "Nederlands",
    direction: "ltr",
    reviewed: false,
    askForCode: "Leest u mij de vier woorden op uw telefoon voor?",
    askForReadBack: "Welke twee controlewoorden staan er nu op uw telefoon?",
    isRight: "Dat klopt. Ik geef nu toestemming.",
    isWrong: "Dat klopt niet. We beginnen opnieuw.",
  },
  {
    language: "en",
    name: "English",
    direction: "ltr",
    reviewed: false,
    askForCode: "Please read me the four words on your phone.",
    askForReadBack: "Which two check words does your phone show now?",
    isRight: "That is right. I will authorise it now.",
    isWrong: "That is not right. Let us start again.",
  },
  {
    language: "cs",
    name: "čeština",
    direction: "ltr",
    reviewed: false,
    askForCode: "Přečtěte mi prosím čtyři slova na svém telefonu.",
    askForReadBack: "Která dvě kontrolní slova nyní ukazuje váš telefon?",
    isRight: "To souhlasí. Nyní to schválím.",
    isWrong: "To nesouhlasí. Začneme znovu.",
  },
  {
    language: "de",
    name: "Deutsch",
    direction: "ltr",
    reviewed: false,
    askForCode: "Bitte lesen Sie mir die vier Wörter auf Ihrem Telefon vor.",
    askForReadBack: "Welche zwei Kontrollwörter zeigt Ihr Telefon jetzt?",
    isRight: "Das stimmt. Ich gebe es jetzt frei.",
    isWrong: "Das stimmt nicht. Wir fangen noch einmal an.",
  },
  {
    language: "es",
    name: "español",
    direction: "ltr",
    reviewed: false,
    askForCode: "Léame, por favor, las cuatro palabras de su teléfono.",
    askForReadBack: "¿Qué dos palabras de control muestra ahora su teléfono?",
    isRight: "Es correcto. Ahora lo autorizo.",
    isWrong: "No es correcto. Empezamos de nuevo.",
  },
  {
    language: "fr",
    name: "français",
    direction: "ltr",
    reviewed: false,
    askForCode: "Lisez-moi, s’il vous plaît, les quatre mots sur votre téléphone.",
    askForReadBack: "Quels sont les deux mots de contrôle sur votre téléphone maintenant ?",
    isRight: "C’est juste. Je donne maintenant l’autorisation.",
    isWrong: "Ce n’est pas juste. Nous recommençons.",
  },
  {
    language: "it",
    name: "italiano",
    direction: "ltr",
    reviewed: false,
    askForCode: "Mi legga, per favore, le quattro parole sul suo telefono.",
    askForReadBack: "Quali sono le due parole di controllo ora sul suo telefono?",
    isRight: "È giusto. Ora do l’autorizzazione.",
    isWrong: "Non è giusto. Ricominciamo.",
  },
  {
    language: "pt",
    name: "português",
    direction: "ltr",
    reviewed: false,
    askForCode: "Leia-me, por favor, as quatro palavras no seu telefone.",
    askForReadBack: "Quais são as duas palavras de controlo que o seu telefone mostra agora?",
    isRight: "Está certo. Vou autorizar agora.",
    isWrong: "Não está certo. Vamos começar de novo.",
  },
]

/** The language of a tag ("nl-BE" finds "nl") with its list, or `undefined` where there is no list. */
export function wordLanguageOf(tag: string): { language: WordLanguage; list: WordList } | undefined {
  const list = wordListIn(tag)
  const language = WORD_LANGUAGES.find((each) => each.language === list?.language)
  return list === undefined || language === undefined ? undefined : { language, list }
}
