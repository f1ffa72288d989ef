import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { CODE_COUNT, codeDigits, codeOfNumber } from "../../../src-protocol/code.ts"
import { encodeTrustwords } from "../../../src-protocol/trustwords/codec.ts"
import { understandHandOver } from "../../../src-protocol/trustwords/hand-over.ts"
import type { WordList } from "../../../src-protocol/trustwords/word-list.ts"
import { DIGIT_WORDS, hearingOf, type Hearing } from "./noisy-line.ts"
import { below, seededRandom } from "./random.ts"

/** How bad a line is, and how people are. */
export interface Line {
  /** That one word or digit is heard as another. */
  readonly misheard: number
  /** That a misheard word is heard as something that is no word of the list, and is typed as it was heard. */
  readonly garbled: number
  /** That two neighbours change places, and as often one is left out. */
  readonly slip: number
  /** That a patient says "yes" to an offer that is not what they see. */
  readonly wrongYes: number
}

export interface Outcome {
  calls: number
  /** Calls whose first try had an error in it. */
  erroneous: number
  first: number
  second: number
  /** Wrong codes that the field took by itself, at the first try. */
  taken: number
  /** Wrong codes that came of a wrong "yes" to an offer, at the first try. */
  affirmed: number
}

type Result = "right" | "again" | "taken" | "affirmed"

/** `calls` hand-overs of random codes over a line: the way in `way`, the words and numbers of the list's language. */
export async function simulateCalls(
  list: WordList,
  way: "words" | "digits",
  line: Line,
  calls: number,
): Promise<Outcome> {
  const random = seededRandom(7 + list.language.charCodeAt(0) * 256 + list.language.charCodeAt(1))
  const names = DIGIT_WORDS[list.language] ?? []
  const hearing = way === "words" ? hearingOf(list.language, list.words) : hearingOf(list.language, names)
  const outcome: Outcome = { calls, erroneous: 0, first: 0, second: 0, taken: 0, affirmed: 0 }
  for (let call = 0; call < calls; call++) {
    const digits = codeDigits(codeOfNumber(below(random, CODE_COUNT)))
    const first = await tryOnce(list, way, digits, line, hearing, random)
    if (first.erroneous) outcome.erroneous++
    if (first.result === "right") {
      outcome.first++
      continue
    }
    if (first.result !== "again") outcome[first.result]++
    // Also a wrong code comes to a second try: the look-up does not find it, or the read-back words are not the same.
    if ((await tryOnce(list, way, digits, line, hearing, random)).result === "right") outcome.second++
  }
  return outcome
}

async function tryOnce(
  list: WordList,
  way: "words" | "digits",
  digits: string,
  line: Line,
  hearing: Hearing,
  random: () => number,
): Promise<{ result: Result; erroneous: boolean }> {
  const said = way === "words" ? await indexesOf(list, digits) : Array.from(digits, Number)
  const nameOf = (symbol: number) => (way === "words" ? (list.words[symbol] ?? "") : String(symbol))
  const heard = slipped(said, line, random).map((symbol) => hearOne(symbol, line, hearing, random, nameOf))
  const text = heard.join(" ")
  const erroneous = text !== said.map(nameOf).join(" ")
  return { result: erroneous ? await typed(list, text, digits, line, random) : "right", erroneous }
}

async function indexesOf(list: WordList, digits: string): Promise<readonly number[]> {
  const words = await encodeTrustwords(nodeCrypto, codeOfNumber(Number(digits)), list)
  return words.map((word) => list.words.indexOf(word))
}

function slipped(said: readonly number[], { slip }: Line, random: () => number): readonly number[] {
  const place = below(random, said.length - 1)
  const chance = random()
  if (chance < slip) return said.with(place, said[place + 1] ?? 0).with(place + 1, said[place] ?? 0)
  return chance < 2 * slip ? said.toSpliced(place, 1) : said
}

function hearOne(
  symbol: number,
  line: Line,
  hearing: Hearing,
  random: () => number,
  nameOf: (symbol: number) => string,
): string {
  if (random() >= line.misheard) return nameOf(symbol)
  if (nameOf(symbol).length > 1 && random() < line.garbled) return garbled(nameOf(symbol), random)
  return nameOf(hearing.hear(symbol, random))
}

/** A word with one letter replaced: what people type who heard no word that they know. */
function garbled(word: string, random: () => number): string {
  const place = below(random, word.length)
  return word.slice(0, place) + "abdefgiklmnoprstu".charAt(below(random, 17)) + word.slice(place + 1)
}

async function typed(
  list: WordList,
  text: string,
  digits: string,
  line: Line,
  random: () => number,
): Promise<Result> {
  const input = await understandHandOver(nodeCrypto, text, [list])
  if (input.is === "code") return codeDigits(input.code) === digits ? "right" : "taken"
  if (input.is !== "problem") return "again"
  for (const { text: offer } of input.offers) {
    const offered = await understandHandOver(nodeCrypto, offer, [list])
    const right = offered.is === "code" && codeDigits(offered.code) === digits
    // Who hears their own words says yes as surely as they say no to others'.
    if (right ? random() >= line.wrongYes : random() < line.wrongYes) return right ? "right" : "affirmed"
  }
  return "again"
}
