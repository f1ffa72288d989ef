import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { codeOfNumber, parseCode, type Code } from "../../src-protocol/code.ts"
import { decodeTrustwords, encodeTrustwords } from "../../src-protocol/trustwords/codec.ts"
import { englishWords } from "../../src-protocol/trustwords/english.ts"
import type { WordList } from "../../src-protocol/trustwords/word-list.ts"
import { anyCode } from "./arbitraries.ts"
import { expectRejection } from "./refusals.ts"
import { protocolVectors } from "./vectors.ts"

const CODE = parseCode("123456-7890")
const WORDS = await encodeTrustwords(nodeCrypto, CODE, englishWords)

function decode(text: string, lists: readonly WordList[] = [englishWords]) {
  return decodeTrustwords(nodeCrypto, text, lists)
}

/** A made-up language: three consonants between an é and an ł. */
const madeUpWords: WordList = {
  language: "x-made-up",
  words: englishWords.words.map((_, i) => {
    const letter = (place: number) => "bcdfghklmnprstvw".charAt((i >> place) & 15)
    return `é${letter(0)}${letter(4)}${letter(8)}ł`
  }),
}

describe("trustwords", () => {
  test.each(protocolVectors.trustwords)(
    "of the known answer $code.reference have its four indexes",
    async (vector) => {
      const words = await encodeTrustwords(nodeCrypto, vector.code, englishWords)
      expect(words.map((word) => englishWords.words.indexOf(word))).toEqual(vector.expect.indexes)
      expect(await decode(words.join(" "))).toEqual({ is: "code", code: vector.code, language: "en" })
    },
  )

  test("of every code are read again, in every list", async () => {
    await fc.assert(
      fc.asyncProperty(anyCode, fc.constantFrom(englishWords, madeUpWords), async (code, list) => {
        const words = await encodeTrustwords(nodeCrypto, code, list)
        const decoded = await decode(words.join(" "), [englishWords, madeUpWords])
        expect(decoded).toEqual({ is: "code", code, language: list.language })
      }),
    )
  })

  test("are not made of a code that is none", async () => {
    const noCode: Code = { reference: "12345", confirmation: "7890" }
    await expectRejection(encodeTrustwords(nodeCrypto, noCode, englishWords), "malformed-code")
  })

  test("are not made from a list with too few words", async () => {
    const short = { language: "xx", words: ["one"] }
    await expectRejection(encodeTrustwords(nodeCrypto, CODE, short), "wrong-length")
  })
})

describe("forgiving input", () => {
  const [a, b, c, d] = WORDS
  test.each([
    ["as it is shown", WORDS.join(" ")],
    ["in capitals", WORDS.join(" ").toUpperCase()],
    ["with hyphens", WORDS.join("-")],
    ["with commas", WORDS.join(", ")],
    ["in lines with numbers", WORDS.map((word, i) => `${String(i + 1)}. ${word}`).join("\r\n")],
    ["with space around", `\t ${WORDS.join("   ")} \n`],
    ["in abbreviations of four letters", WORDS.map((word) => word.slice(0, 4)).join(" ")],
    ["half abbreviated", `${a} ${b.slice(0, 5)} ${c.slice(0, 4)} ${d}`],
    ["with accents that do not belong there", WORDS.join(" ").replaceAll("e", "é").replaceAll("a", "ä")],
    ["with accents as characters of their own", WORDS.join(" ").replaceAll("e", "e\u0301")],
  ])("%s gives the code", async (_, text) => {
    expect(await decode(text)).toEqual({ is: "code", code: CODE, language: "en" })
  })

  test("a word of the list whose accents were left out is the word", async () => {
    const words = await encodeTrustwords(nodeCrypto, CODE, madeUpWords)
    const plain = words.join(" ").replaceAll("é", "E").replaceAll("ł", "l")
    expect(await decode(plain, [madeUpWords])).toEqual({ is: "code", code: CODE, language: "x-made-up" })
  })

  test("a word of three letters is taken whole, and is no abbreviation of a longer one", async () => {
    const outcome = await decode("act actor acto actress")
    // All four are words of the list: it is the check that is wrong, not a word that is unknown.
    expect(outcome.is).toBe("check-failed")
    expect((await decode("ac actor action actress")).is).toBe("unknown-words")
  })

  test("an abbreviation that two words of a list begin with is not taken for either", async () => {
    const list = { language: "xx", words: ["abandon", "abandoned", "able", "about"] }
    expect(await decode("aban able about able", [list])).toEqual({
      is: "unknown-words",
      unknown: [{ word: "aban", nearest: ["abandon", "abandoned", "able", "about"] }],
    })
    expect((await decode("abandon able about able", [list])).is).not.toBe("unknown-words")
  })

  test("a word with letters after it is not taken for the word", async () => {
    expect(await decode(`${WORDS.slice(0, 3).join(" ")} ${d}xq`)).toMatchObject({
      is: "unknown-words",
      unknown: [{ word: `${d}xq` }],
    })
  })
})

describe("wrong input", () => {
  test.each([
    ["", 0],
    ["1234567890", 0],
    [WORDS.slice(1).join(" "), 3],
    [[...WORDS, "zoo"].join(" "), 5],
  ])("'%s' is answered with the count %d", async (text, found) => {
    expect(await decode(text)).toEqual({ is: "wrong-count", found })
  })

  test("an unknown word is answered, as it was typed, with the words that look like it", async () => {
    const outcome = await decode("Abandn ability able zebr")
    if (outcome.is !== "unknown-words") throw new Error(outcome.is)
    expect(outcome.unknown.map(({ word }) => word)).toEqual(["Abandn"])
    expect(outcome.unknown[0]?.nearest[0]).toBe("abandon")
    expect(outcome.unknown[0]?.nearest.length).toBeLessThanOrEqual(5)
  })

  test("an abbreviation with a slip in it finds the words it may have meant", async () => {
    const outcome = await decode("aban abil able abxt")
    if (outcome.is !== "unknown-words") throw new Error(outcome.is)
    expect(outcome.unknown[0]?.nearest).toContain("abstract")
  })

  test("a word that looks like none has no nearest words, however long it is", async () => {
    expect(await decode(`ability able about ${"q".repeat(100_000)}`)).toEqual({
      is: "unknown-words",
      unknown: [{ word: "q".repeat(100_000), nearest: [] }],
    })
  })

  test("the unknown words are those of the language that has most of the others", async () => {
    const made = await encodeTrustwords(nodeCrypto, CODE, madeUpWords)
    const outcome = await decode([...made.slice(0, 3), "zebra"].join(" "), [englishWords, madeUpWords])
    expect(outcome).toMatchObject({ is: "unknown-words", unknown: [{ word: "zebra" }] })
  })

  test("without any list every word is unknown and nothing is thrown", async () => {
    expect(await decode(WORDS.join(" "), [])).toEqual({ is: "unknown-words", unknown: [] })
  })

  test("two words changed about are found out", async () => {
    const [a, b, c, d] = WORDS
    expect((await decode([b, a, c, d].join(" "))).is).toBe("check-failed")
  })

  test("a number of 34 bits that is above 10^10 is no code", async () => {
    expect((await decode("zoo zoo zoo zoo")).is).toBe("check-failed")
  })
})

describe("when the check fails", () => {
  /** The first code whose last word is "cat", typed with "car" in its place. */
  async function catForCar(): Promise<readonly string[]> {
    for (let number = 0; ; number++) {
      const words = await encodeTrustwords(nodeCrypto, codeOfNumber(number), englishWords)
      if (words[3] === "cat") return [...words.slice(0, 3), "car"]
    }
  }

  test("the change that makes it right is offered with its place, and not taken", async () => {
    const outcome = await decode((await catForCar()).join(" "))
    if (outcome.is !== "check-failed") throw new Error(outcome.is)
    expect(outcome.offers).toContainEqual({ position: 4, instead: "cat", word: "car" })
  })

  test("each offer makes four words that are right", async () => {
    const typedWords = await catForCar()
    const outcome = await decode(typedWords.join(" "))
    if (outcome.is !== "check-failed") throw new Error(outcome.is)
    expect(outcome.offers).not.toEqual([])
    for (const { position, instead, word } of outcome.offers) {
      expect(typedWords[position - 1]).toBe(word)
      expect((await decode(typedWords.with(position - 1, instead).join(" "))).is).toBe("code")
    }
  })

  test("words that look like nothing else are answered without offers", async () => {
    // Found by trying: of all changes of two letters or fewer none makes this right.
    expect(await decode("zoo zoo zoo zoo")).toEqual({ is: "check-failed", offers: [] })
  })
})

describe("several lists", () => {
  /** The English words, in which each of `words` has changed places with the one of `others` beside it. */
  function exchanged(language: string, words: readonly string[], others: readonly string[]): WordList {
    const list = [...englishWords.words]
    for (const [i, word] of words.entries()) {
      const other = others[i] ?? word
      list[englishWords.words.indexOf(other)] = word
      list[englishWords.words.indexOf(word)] = other
    }
    return { language, words: list }
  }

  test("the first list that fits is taken where the codes are the same", async () => {
    const twin = { language: "en-x-twin", words: englishWords.words }
    expect(await decode(WORDS.join(" "), [twin, englishWords])).toEqual({
      is: "code",
      code: CODE,
      language: "en-x-twin",
    })
  })

  test("a list that has all words but in which the check is wrong does not stand in the way", async () => {
    const turned = { language: "x-turned", words: englishWords.words.toReversed() }
    expect(await decode(WORDS.join(" "), [turned, englishWords])).toEqual({
      is: "code",
      code: CODE,
      language: "en",
    })
  })

  test("where the words fit two languages with different codes, it asks", async () => {
    const otherCode = parseCode("987654-3210")
    const otherWords = await encodeTrustwords(nodeCrypto, otherCode, englishWords)
    const other = exchanged("x-other", WORDS, otherWords)
    expect(await decode(WORDS.join(" "), [other])).toMatchObject({ is: "code", code: otherCode })
    expect(await decode(WORDS.join(" "), [englishWords, other])).toEqual({
      is: "two-languages",
      languages: ["en", "x-other"],
    })
  })
})

test("the English list has 2,048 words, told apart by their first four letters", () => {
  expect(new Set(englishWords.words.map((word) => word.slice(0, 4))).size).toBe(2_048)
  expect(englishWords.words.every((word) => /^[a-z]{3,8}$/.test(word))).toBe(true)
  expect(englishWords.language).toBe("en")
})
