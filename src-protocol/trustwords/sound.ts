import { foldWord } from "./fold-word.ts"

type Rule = readonly [RegExp, string]

/** What sounds alike on the telephone, per language; each rule works on what the rules before it made. */
const RULES: Readonly<Record<string, readonly Rule[]>> = {
  nl: [
    [/ij|ey|ei|y/g, "Y"],
    [/auw|ouw|au|ou/g, "W"],
    [/sch/g, "sg"],
    [/ch/g, "g"],
    [/c(?=[eiY])/g, "s"],
    [/qu/g, "kw"],
    [/ck|c|q/g, "k"],
    [/ph|v/g, "f"],
    [/th/g, "t"],
    [/x/g, "ks"],
    [/z/g, "s"],
    [/ie/g, "i"],
    [/d$/, "t"],
    [/b$/, "p"],
  ],
  de: [
    [/ei|ai|ey|ay|y/g, "Y"],
    [/eu|au?eu|oi/g, "O"],
    [/ph|v/g, "f"],
    [/th|dt/g, "t"],
    [/ck|c|qu|q|g(?=$)/g, "k"],
    [/tz|z/g, "ts"],
    [/x|chs/g, "ks"],
    [/ie|ih/g, "i"],
    [/([aeou])h/g, "$1"],
    [/d$/, "t"],
    [/b$/, "p"],
  ],
  en: [
    [/ph/g, "f"],
    [/^kn/, "n"],
    [/^wr/, "r"],
    [/ck|c(?![eiyh])|q/g, "k"],
    [/c(?=[eiy])/g, "s"],
    [/x/g, "ks"],
    [/ea|ie|ey|y/g, "ee"],
    [/gh/g, ""],
    [/z/g, "s"],
  ],
  fr: [
    [/eau|au/g, "o"],
    [/ph/g, "f"],
    [/qu|ck|c(?![eih])|q/g, "k"],
    [/c(?=[ei])/g, "s"],
    [/g(?=[ei])/g, "j"],
    [/ai|ei|er$|ez$/g, "e"],
    [/h/g, ""],
    [/y/g, "i"],
    [/[sxtd]$/, ""],
  ],
  es: [
    [/v/g, "b"],
    [/h/g, ""],
    [/qu|c(?![ei])|q/g, "k"],
    [/c(?=[ei])|z/g, "s"],
    [/ll/g, "y"],
    [/g(?=[ei])/g, "j"],
  ],
  it: [
    [/ch|qu|c(?![ei])|q/g, "k"],
    [/gh/g, "g"],
    [/z/g, "ts"],
    [/h/g, ""],
  ],
  pt: [
    [/qu|c(?![ei])|q/g, "k"],
    [/c(?=[ei])|ss|z/g, "s"],
    [/x|ch/g, "S"],
    [/g(?=[ei])/g, "j"],
    [/^h/, ""],
    [/o$/, "u"],
  ],
  cs: [
    [/y/g, "i"],
    [/ch/g, "h"],
    [/w/g, "v"],
    [/z$/, "s"],
    [/d$/, "t"],
    [/b$/, "p"],
    [/v$/, "f"],
  ],
}

/**
 * How a word sounds, in a spelling of our own: two words with one sound cannot be told apart by ear. Double letters and
 * accents are not heard, and neither are the differences that the language's rules name.
 */
export function soundOf(language: string, word: string): string {
  const rules = RULES[language] ?? []
  const sound = rules.reduce((text, [heard, as]) => text.replace(heard, as), foldWord(word))
  return sound.replace(/(.)\1+/gu, "$1")
}
