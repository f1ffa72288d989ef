import { foldWord } from "./fold-word.ts"

/** What one token of a text says about digits: some, twice the next, or "or" between two ways in which one was heard. */
export type DigitToken =
  | { readonly is: "digits"; readonly digits: string; readonly spoken: boolean }
  | { readonly is: "repeat"; readonly times: number }
  | { readonly is: "or" }

const ONES: readonly (readonly string[])[] = [
  ["nul", "null", "zero", "oh", "nought"],
  ["een", "ein", "eins", "eine", "one"],
  ["twee", "zwei", "zwo", "two"],
  ["drie", "drei", "three"],
  ["vier", "four"],
  ["vijf", "vyf", "funf", "fuenf", "five"],
  ["zes", "sechs", "six"],
  ["zeven", "zeuven", "sieben", "seven"],
  ["acht", "eight"],
  ["negen", "neun", "nine"],
]

const TEENS: readonly (readonly string[])[] = [
  ["tien", "zehn", "ten"],
  ["elf", "eleven"],
  ["twaalf", "zwolf", "zwoelf", "twelve"],
  ["dertien", "dreizehn", "thirteen"],
  ["veertien", "vierzehn", "fourteen"],
  ["vijftien", "funfzehn", "fuenfzehn", "fifteen"],
  ["zestien", "sechzehn", "sixteen"],
  ["zeventien", "siebzehn", "seventeen"],
  ["achttien", "achtzehn", "eighteen"],
  ["negentien", "neunzehn", "nineteen"],
]

/** From twenty on. */
const TENS: readonly (readonly string[])[] = [
  ["twintig", "zwanzig", "twenty"],
  ["dertig", "dreissig", "thirty"],
  ["veertig", "vierzig", "forty"],
  ["vijftig", "funfzig", "fuenfzig", "fifty"],
  ["zestig", "sechzig", "sixty"],
  ["zeventig", "siebzig", "seventy"],
  ["tachtig", "achtzig", "eighty"],
  ["negentig", "neunzig", "ninety"],
]

const REPEATS: ReadonlyMap<string, number> = new Map([
  ["dubbel", 2],
  ["dubbele", 2],
  ["doppel", 2],
  ["doppelt", 2],
  ["double", 2],
  ["triple", 3],
])

const OR: ReadonlySet<string> = new Set(["of", "or", "oder"])

const NUMBERS = numbers()

function numbers(): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const add = (names: readonly string[], digits: string) => {
    for (const name of names) found.set(name, digits)
  }
  for (const [one, names] of ONES.entries()) add(names, String(one))
  for (const [teen, names] of TEENS.entries()) add(names, String(10 + teen))
  for (const [ten, names] of TENS.entries()) {
    add(names, String(20 + 10 * ten))
    for (const [one, onesNames] of ONES.entries())
      for (const link of one === 0 ? [] : ["en", "und"])
        for (const name of onesNames)
          add(
            names.map((tens) => name + link + tens),
            String(20 + 10 * ten + one),
          )
  }
  return found
}

/** What a word or a row of digits says, or `undefined` where it is no number: Dutch, English or German. */
export function digitToken(token: string): DigitToken | undefined {
  if (/^[0-9]+$/.test(token)) return { is: "digits", digits: token, spoken: false }
  const folded = foldWord(token)
  const digits = NUMBERS.get(folded)
  if (digits !== undefined) return { is: "digits", digits, spoken: true }
  const times = REPEATS.get(folded)
  if (times !== undefined) return { is: "repeat", times }
  return OR.has(folded) ? { is: "or" } : undefined
}

/** The ways in which a digit is easily misheard, with what to say instead: for a hint beside the field. */
export const CLEARER_DIGITS: Readonly<Record<string, readonly { digit: string; say: string }[]>> = {
  nl: [
    { digit: "2", say: "twee, van één en één" },
    { digit: "3", say: "drie, van één, twee, drie" },
    { digit: "7", say: "zeuven" },
    { digit: "9", say: "negen, één voor tien" },
  ],
  en: [
    { digit: "0", say: "zero" },
    { digit: "5", say: "five, one hand" },
    { digit: "9", say: "nine, one before ten" },
  ],
  de: [
    { digit: "2", say: "zwo" },
    { digit: "3", say: "drei, eins zwei drei" },
  ],
}
