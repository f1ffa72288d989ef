import { editDistance } from "../../../src-protocol/trustwords/edit-distance.ts"
import { soundOf } from "../../../src-protocol/trustwords/sound.ts"

/** How a symbol is misheard: others by how near they sound, each as likely as a quarter of one that is a sound nearer. */
export interface Hearing {
  hear(said: number, random: () => number): number
}

const FARTHEST = 3

/** Of these words, in this language. What sounds like nothing else is heard as one of all others, each as likely. */
export function hearingOf(language: string, words: readonly string[]): Hearing {
  const sounds = words.map((word) => soundOf(language, word))
  const known = new Map<number, readonly { heard: number; weight: number }[]>()
  const weightsOf = (said: number) => {
    const before = known.get(said)
    if (before !== undefined) return before
    const made = sounds.flatMap((sound, heard) => {
      const distance = heard === said ? undefined : editDistance(sounds[said] ?? "", sound, FARTHEST)
      return distance === undefined ? [] : [{ heard, weight: 4 ** -distance }]
    })
    known.set(said, made)
    return made
  }
  return {
    hear(said, random) {
      const weights = weightsOf(said)
      if (weights.length === 0) return (said + 1 + Math.floor(random() * (words.length - 1))) % words.length
      let left = random() * weights.reduce((sum, { weight }) => sum + weight, 0)
      for (const { heard, weight } of weights) if ((left -= weight) <= 0) return heard
      return weights.at(-1)?.heard ?? said
    },
  }
}

/** The digits in words, for how alike they sound. */
export const DIGIT_WORDS: Readonly<Record<string, readonly string[]>> = {
  nl: ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"],
  en: ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
  cs: ["nula", "jedna", "dva", "tri", "ctyri", "pet", "sest", "sedm", "osm", "devet"],
  de: ["null", "eins", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun"],
  es: ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"],
  fr: ["zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"],
  it: ["zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"],
  pt: ["zero", "um", "dois", "tres", "quatro", "cinco", "seis", "sete", "oito", "nove"],
}
