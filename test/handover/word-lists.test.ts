import { describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { hexOf } from "../../src-protocol/bytes.ts"
import { ALL_LISTS, listsFrom, wordListIn } from "../../src-protocol/trustwords/all-lists.ts"
import { dutchWords } from "../../src-protocol/trustwords/dutch.ts"
import { editDistance } from "../../src-protocol/trustwords/edit-distance.ts"
import { foldWord } from "../../src-protocol/trustwords/fold-word.ts"
import { germanWords } from "../../src-protocol/trustwords/german.ts"
import { WORD_LANGUAGES, wordLanguageOf } from "../../src-protocol/trustwords/languages.ts"
import { soundOf } from "../../src-protocol/trustwords/sound.ts"
import { digitToken } from "../../src-protocol/trustwords/spoken-digits.ts"
import { chooseWords } from "../../tools/word-lists/choose-words.ts"
import { readCandidates, readRefused } from "../../tools/word-lists/read-candidates.ts"
import { isPlainWord, shareStem } from "../../tools/word-lists/rules.ts"

const OUR_OWN = [dutchWords, germanWords]

/** The pairs of words that have some key in common. */
function pairsBy(
  words: readonly string[],
  keysOf: (word: string) => readonly string[],
): readonly (readonly string[])[] {
  const keyed = words.flatMap((word) => [...new Set(keysOf(word))].map((key) => ({ key, word })))
  const groups = [...Map.groupBy(keyed, ({ key }) => key).values()]
  return groups.flatMap((group) =>
    group.flatMap(({ word: a }, i) => group.slice(i + 1).map(({ word: b }) => [a, b])),
  )
}

/** The word, and the word without each of its letters: words that are one letter apart have one of these in common. */
function withoutALetter(word: string): readonly string[] {
  return [word, ...Array.from(word, (_, i) => word.slice(0, i) + word.slice(i + 1))]
}

/** The values that stand more than once. */
function repeated(values: readonly string[]): readonly string[] {
  return values.filter((value, i) => values.indexOf(value) !== i)
}

describe.each(ALL_LISTS)("the list of $language", ({ language, words }) => {
  test("has 2,048 words", () => {
    expect(words.length).toBe(2_048)
    expect(new Set(words).size).toBe(2_048)
  })

  test("is told apart by the first four letters, accents folded", () => {
    expect(repeated(words.map((word) => foldWord(word).slice(0, 4)))).toEqual([])
  })

  test("is in lower case, in letters alone, in their composed form", () => {
    for (const word of words) expect(word).toMatch(/^\p{Ll}+$/u)
    expect(words.map((word) => word.normalize("NFC"))).toEqual(words)
  })

  test("is frozen", async () => {
    const text = words.map((word) => word.normalize("NFKD")).join(" ")
    const bytes = new TextEncoder().encode(text)
    expect(hexOf(await nodeCrypto.digest("sha-256", bytes))).toBe(FROZEN[language])
  })

  test("is among the languages with sentences to say", () => {
    expect(wordLanguageOf(language)?.list.words).toBe(words)
  })
})

describe.each(OUR_OWN)("our own list of $language", ({ language, words }) => {
  test("is sorted", () => {
    expect(words.toSorted()).toEqual(words)
  })

  test("has words of four to eight letters from a to z", () => {
    expect(words.filter((word) => !isPlainWord(word))).toEqual([])
  })

  test("has no two words that are one letter apart", () => {
    expect(
      pairsBy(words, withoutALetter).filter(([a = "", b = ""]) => editDistance(a, b, 1) !== undefined),
    ).toEqual([])
  })

  test("has no two words that sound alike", () => {
    expect(repeated(words.map((word) => soundOf(language, word)))).toEqual([])
  })

  test("has no two forms of one stem", () => {
    expect(
      pairsBy(words, (word) => [word.slice(0, 2)]).filter(([a = "", b = ""]) => shareStem(language, a, b)),
    ).toEqual([])
  })

  test("has no word that is a number, which would be read as digits", () => {
    expect(words.filter((word) => digitToken(word) !== undefined)).toEqual([])
  })

  test("has no refused word: no name, nothing crude, frightening or medical", () => {
    const refused = readRefused(language)
    expect(refused.length).toBeGreaterThan(5)
    for (const { why, words: never } of refused)
      expect({ why, found: never.filter((word) => words.includes(word)) }).toEqual({ why, found: [] })
  })

  test("is what the script makes of the candidates", () => {
    const candidates = new Set(readCandidates(language))
    expect(words.filter((word) => !candidates.has(word))).toEqual([])
  })
})

test("words are chosen so that no two are too alike, and the same ones each time", () => {
  const candidates = ["boom", "boon", "boomgaard", "bomen", "tijd", "teit", "appel", "peer"]
  const chosen = chooseWords("nl", candidates)
  expect(chosen).toEqual(chooseWords("nl", candidates))
  expect(chosen).toContain("appel")
  expect(chosen).toContain("peer")
  expect(chosen.includes("boom") && chosen.includes("boon")).toBe(false)
  expect(chosen.includes("boom") && chosen.includes("bomen")).toBe(false)
  expect(chosen.filter((word) => word.startsWith("t")).length).toBe(1)
})

test.each([
  ["boom", "bomen"],
  ["pot", "potten"],
  ["duif", "duiven"],
  ["huis", "huizen"],
  ["werk", "werker"],
])("%s and %s are two forms of one stem", (a, b) => {
  expect(shareStem("nl", a, b)).toBe(true)
})

test.each([
  ["nl", "leiden", "lijden"],
  ["nl", "hond", "hont"],
  ["nl", "bakker", "baker"],
  ["nl", "kado", "cado"],
  ["de", "rad", "rat"],
  ["de", "fogel", "vogel"],
  ["en", "fone", "phone"],
])("in %s %s sounds as %s", (language, a, b) => {
  expect(soundOf(language, a)).toBe(soundOf(language, b))
})

test("a language is found by its tag, and one without a list is not", () => {
  expect(wordListIn("nl-BE")).toBe(dutchWords)
  expect(wordListIn("xx")).toBeUndefined()
  expect(listsFrom("de").map(({ language }) => language)[0]).toBe("de")
  expect(listsFrom("xx")).toEqual(ALL_LISTS)
  expect(listsFrom("de").length).toBe(ALL_LISTS.length)
})

test.each(WORD_LANGUAGES)("the sentences in $language are whole and each their own", (language) => {
  const { askForCode, askForReadBack, isRight, isWrong } = language
  const sentences = [askForCode, askForReadBack, isRight, isWrong]
  for (const sentence of sentences) expect(sentence).toMatch(/^[¿\p{Lu}].*[.?]$/u)
  expect(new Set(sentences).size).toBe(4)
})

/** SHA-256 of the words (NFKD) with a space between: a list never changes within a version of the protocol. */
const FROZEN: Readonly<Record<string, string>> = {
  nl: "85cf4d30fc348dcc3940c0c26af4117fcc4296ff899ec5307faca026531c5d7f",
  en: "f18b9a84c83e38e98eceb0102b275e26438af83ab08f080cdb780a2caa9f3a6d",
  cs: "92e035ca0e3680fab85fa18b9e5c7e7582b3bd9caeb6d4bc8a2ecc8e492100c9",
  de: "bb035a1ec1618272aca53dd265b16458481437db129edff47d39bca17cc1d87e",
  es: "27e99ad4328299108663c19eb611310bd3b77260af852169108713019831d07d",
  fr: "fd4cd57c8e86a99ac53cd0f21a6b89af366769b0143ac0d268ac7d7a39200145",
  it: "d9664953fe4c49e0b40eb6f6378c421f5f01dc9360aaac6d2a3c294f046ef520",
  pt: "85fea658f90c42c182823807a1d30db587abb72c14a3098e1a65f8b78d1ffcf4",
}
