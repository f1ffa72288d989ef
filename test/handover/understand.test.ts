import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { codeDigits, codeOfNumber, parseCode, printCode, type Code } from "../../src-protocol/code.ts"
import { ALL_LISTS, listsFrom } from "../../src-protocol/trustwords/all-lists.ts"
import { decodeTrustwords, encodeTrustwords } from "../../src-protocol/trustwords/codec.ts"
import { dutchWords } from "../../src-protocol/trustwords/dutch.ts"
import { englishWords } from "../../src-protocol/trustwords/english.ts"
import { germanWords } from "../../src-protocol/trustwords/german.ts"
import { understandHandOver } from "../../src-protocol/trustwords/hand-over.ts"
import type { HandOverInput } from "../../src-protocol/trustwords/hand-over-input.ts"
import { scanText } from "../../src-protocol/trustwords/scan-text.ts"
import type { WordList } from "../../src-protocol/trustwords/word-list.ts"
import { anyCode } from "../protocol/arbitraries.ts"

const CODE = parseCode("407192-8356")
const WORDS = await encodeTrustwords(nodeCrypto, CODE, dutchWords)
const [a, b, c, d] = WORDS

function understand(text: string, lists = ALL_LISTS): Promise<HandOverInput> {
  return understandHandOver(nodeCrypto, text, lists)
}

async function problemIn(text: string, lists = ALL_LISTS) {
  const input = await understand(text, lists)
  if (input.is !== "problem") throw new Error(`${text}: ${input.is}`)
  return input
}

const anyList = fc.constantFrom(...ALL_LISTS)

describe("every code", () => {
  test("is read again from its words, over the whole range, in every list", async () => {
    await fc.assert(
      fc.asyncProperty(anyCode, anyList, async (code, list) => {
        const words = await encodeTrustwords(nodeCrypto, code, list)
        const lists = listsFrom(list.language)
        expect(await decodeTrustwords(nodeCrypto, words.join(" "), [list])).toEqual({
          is: "code",
          code,
          language: list.language,
        })
        const input = await understand(words.join(" "), lists)
        if (input.is === "code") expect(input).toMatchObject({ code, way: "words", language: list.language })
        // Words that two lists have, and that fit in both, are asked about.
        else expect(input).toMatchObject({ is: "problem", problem: { is: "two-languages" } })
      }),
      { numRuns: 300 },
    )
  })

  test.each([0, 1, 9_999_999_999, 4_294_967_296, 8_589_934_591])(
    "at the edge %d is read again in every list",
    async (number) => {
      const code = codeOfNumber(number)
      for (const list of ALL_LISTS) {
        const words = await encodeTrustwords(nodeCrypto, code, list)
        expect(await understand(words.join(" "), [list])).toMatchObject({ is: "code", code })
      }
    },
  )

  test("is read from four-letter abbreviations in capitals without accents", async () => {
    await fc.assert(
      fc.asyncProperty(anyCode, anyList, async (code, list) => {
        const words = await encodeTrustwords(nodeCrypto, code, list)
        const short = words.map((word) =>
          word.normalize("NFD").replace(/\p{M}/gu, "").slice(0, 4).toUpperCase(),
        )
        expect(await understand(short.join("-"), [list])).toMatchObject({ is: "code", code })
      }),
      { numRuns: 60 },
    )
  })

  test("is read from digits in any grouping, and from a scanner", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyCode,
        fc.array(fc.constantFrom("", " ", "-", ".", " - "), { minLength: 10, maxLength: 10 }),
        async (code, between) => {
          const typed = Array.from(codeDigits(code), (digit, i) => digit + (between[i] ?? "")).join("")
          expect(await understand(typed)).toEqual({ is: "code", code, way: "digits", shown: printCode(code) })
          expect(await understand(`]Q1${scanText(code)}\r\n`)).toMatchObject({
            is: "code",
            code,
            way: "scan",
          })
        },
      ),
      { numRuns: 60 },
    )
  })

  test("is never guessed: any text gives an input, and a code only where ten digits or four right words are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 40 }), async (text) => {
        const input = await understand(text)
        if (input.is === "code" && input.way === "digits")
          expect(text.normalize("NFKC").replace(/[^\p{Nd}]/gu, "").length).toBeGreaterThanOrEqual(10)
      }),
      { numRuns: 200 },
    )
  })
})

describe("digits", () => {
  test.each([
    ["", { is: "nothing" }],
    [" -. ", { is: "nothing" }],
    ["4", { is: "digits", digits: "4", shown: "4", missing: 9 }],
    ["407 192", { is: "digits", digits: "407192", shown: "407192", missing: 4 }],
    ["4071928", { is: "digits", digits: "4071928", shown: "407192-8", missing: 3 }],
    ["vier nul zeven", { is: "digits", digits: "407", shown: "407", missing: 7 }],
    ["vier 07", { is: "digits", digits: "407", shown: "407", missing: 7 }],
    ["double two", { is: "digits", digits: "22", shown: "22", missing: 8 }],
    ["dubbel nul één", { is: "digits", digits: "001", shown: "001", missing: 7 }],
    ["eenentwintig", { is: "digits", digits: "21", shown: "21", missing: 8 }],
    ["tweeëntwintig", { is: "digits", digits: "22", shown: "22", missing: 8 }],
    ["twenty one", { is: "digits", digits: "21", shown: "21", missing: 8 }],
    ["20 1", { is: "digits", digits: "201", shown: "201", missing: 7 }],
    ["zwo fünf einundzwanzig", { is: "digits", digits: "2521", shown: "2521", missing: 6 }],
  ])("'%s' is what there is so far", async (text, expected) => {
    expect(await understand(text)).toEqual(expected)
  })

  test.each([
    ["vier nul zeven één negen twee acht drie vijf zes"],
    ["four oh seven one nine two eight three five six"],
    ["veertig eenenzeventig 92 83 zesenvijftig"],
    ["Mijn code is 407192-8356, geldig tot 14:30"],
    ["407192-8356 of 407192-8356"],
    ["٤٠٧١٩٢٨٣٥٦"],
    ["４０７１９２８３５６"],
  ])("'%s' is the code", async (text) => {
    expect(await understand(text)).toMatchObject({ is: "code", code: CODE, way: "digits" })
  })

  test("what was heard in two ways is asked, with an offer for each", async () => {
    const { problem, offers } = await problemIn("4 0 7 1 9 twee of drie 8 3 5 6")
    expect(problem).toEqual({ is: "digit-in-doubt", position: 6, choices: ["2", "3"] })
    expect(await understand(offers[0]?.text ?? "")).toMatchObject({ is: "code", code: CODE })
    expect(await understand(offers[1]?.text ?? "")).toMatchObject({ is: "code", shown: "407193-8356" })
  })

  test.each([
    ["12345678901", { is: "too-many-digits", found: 11 }],
    ["40719a28356", { is: "letter-between-digits" }],
    ["407192-8356 of 407192-8357", { is: "several-codes" }],
    ["407192-8356 407192-8357", { is: "several-codes" }],
  ])("'%s' is a problem", async (text, problem) => {
    expect((await problemIn(text)).problem).toEqual(problem)
  })

  test("a letter that looks like a digit is offered as the digit", async () => {
    const { offers } = await problemIn("4O7192-8356")
    expect(offers.map(({ text }) => text)).toEqual(["407192-8356"])
  })
})

describe("a scanner", () => {
  test.each([
    ["as it is", "VRIJGAVE 4071928356"],
    ["with Enter", "VRIJGAVE 4071928356\r"],
    ["with a symbology identifier and Tab", "]Q1VRIJGAVE 4071928356\t"],
    ["for a US keyboard on a Belgian one", "VRIJGQVE 'àè&çé!\"(§"],
    ["for a US keyboard on a French one", "VRIJGQVE 'àè&çé_\"(-"],
  ])("that types %s gives the code", async (_, text) => {
    expect(await understand(text)).toMatchObject({
      is: "code",
      code: CODE,
      way: "scan",
      shown: "407192-8356",
    })
  })

  test.each(["VRIJGAVE 407192835", "VRIJGAVE 40719283567", "VRIJGAVE 407192835x", "VRIJGAVE"])(
    "'%s' is no code",
    async (text) => {
      expect((await understand(text)).is).not.toBe("code")
    },
  )
})

describe("words", () => {
  test("are completed from their first letters, those of the first list first", async () => {
    const input = await understand(`${a} ${b} bo`, listsFrom("nl"))
    if (input.is !== "words") throw new Error(input.is)
    expect(input.words.map((word) => word.is)).toEqual(["known", "known", "beginning"])
    expect(input.missing).toBe(1)
    expect(input.completions.length).toBe(6)
    for (const { word, text } of input.completions) {
      expect(word).toMatch(/^bo/)
      expect(text).toBe(`${a} ${b} ${word} `)
    }
  })

  test("that fit in several languages so far leave all of them open", async () => {
    const input = await understand("radi", ALL_LISTS)
    if (input.is !== "words") throw new Error(input.is)
    expect(input.languages.length).toBeGreaterThan(1)
  })

  test("in another order are offered in the right one, which is not taken", async () => {
    const { problem, offers, words } = await problemIn([b, a, c, d].join(" "))
    expect(problem).toEqual({ is: "wrong-order" })
    expect(words.every((word) => word.is === "known")).toBe(true)
    expect(offers[0]).toMatchObject({ text: WORDS.join(" "), why: "order" })
  })

  test("with one that was spelt as it sounds are offered as they are written", async () => {
    const code = await codeWith("tijger", dutchWords)
    const words = await encodeTrustwords(nodeCrypto, code, dutchWords)
    const { problem, offers } = await problemIn(words.with(3, "teiger").join(" "))
    expect(problem).toMatchObject({ is: "unknown-words", positions: [4], language: "nl" })
    expect(offers[0]).toMatchObject({
      position: 4,
      typed: "teiger",
      instead: "tijger",
      text: words.join(" "),
    })
  })

  test("of which one is another word of the list are offered with each change that fits", async () => {
    const code = await codeWith("cat", englishWords)
    const words = await encodeTrustwords(nodeCrypto, code, englishWords)
    const { problem, offers } = await problemIn(words.with(3, "car").join(" "), [englishWords])
    expect(["check-failed", "wrong-order"]).toContain(problem.is)
    expect(offers.map(({ instead }) => instead)).toContain("cat")
  })

  test("each offer is four words that are right", async () => {
    const inputs = await Promise.all(
      [
        [b, a, c, d],
        [a, b, c, "xbremx"],
        [a, b, d, d],
      ].map((row) => understand(row.join(" "))),
    )
    for (const input of inputs)
      if (input.is === "problem")
        for (const { text } of input.offers) expect((await understand(text)).is).toBe("code")
  })

  test("of two languages are refused with both their names", async () => {
    const { problem } = await problemIn("appel horse tijger")
    expect(problem).toMatchObject({ is: "mixed-languages", languages: ["nl", "en"] })
  })

  test("that are in no list are named by place with the words they look like", async () => {
    const { problem, words } = await problemIn("tyger xqzxqz ", listsFrom("nl"))
    expect(problem).toEqual({ is: "unknown-words", positions: [1, 2], language: "nl" })
    expect(words[0]).toMatchObject({ is: "unknown", typed: "tyger" })
    expect(words[0]?.is === "unknown" && words[0].nearest).toContain("tijger")
    expect(words[1]).toEqual({ is: "unknown", typed: "xqzxqz", nearest: [] })
  })

  test("in the middle of a message are found and offered, also where one was said twice", async () => {
    const message = await problemIn(`Hallo dokter, mijn woorden zijn ${WORDS.join(", ")}`)
    expect(message.problem).toMatchObject({ is: "too-many-words" })
    expect(message.offers.map(({ text }) => text)).toContain(WORDS.join(" "))
    const twice = await problemIn([a, a, b, c, d].join(" "))
    expect(twice.offers.map(({ text }) => text)).toContain(WORDS.join(" "))
  })

  test("with numbers before them are words", async () => {
    const numbered = WORDS.map((word, i) => `${String(i + 1)}. ${word}`).join("\n")
    expect(await understand(numbered)).toMatchObject({ is: "code", code: CODE, way: "words" })
  })

  test("beside ten other digits are a contradiction that is asked about", async () => {
    const { problem, offers } = await problemIn(`111111-1111 ${WORDS.join(" ")}`)
    expect(problem).toEqual({ is: "words-and-digits" })
    expect(offers.map(({ text }) => text)).toEqual(["111111-1111", WORDS.join(" ")])
    expect(await understand(`407192-8356 ${WORDS.join(" ")}`)).toMatchObject({ is: "code", code: CODE })
  })

  test("that are right in two languages are asked about, and the answer settles it", async () => {
    const turned = {
      language: "de",
      words: otherwiseOrdered(await encodeTrustwords(nodeCrypto, parseCode("987654-3210"), dutchWords)),
    }
    const lists = [dutchWords, turned]
    const { problem, offers } = await problemIn(WORDS.join(" "), lists)
    expect(problem).toEqual({ is: "two-languages", languages: ["nl", "de"] })
    expect(await understand(offers[0]?.text ?? "", lists)).toMatchObject({
      is: "code",
      code: CODE,
      language: "nl",
    })
    expect(await understand(offers[1]?.text ?? "", lists)).toMatchObject({ is: "code", language: "de" })
  })

  test("of four numbers are words only where they fit, and digits else", async () => {
    expect(await understand("one two three six", [englishWords])).toMatchObject({
      is: "digits",
      digits: "1236",
    })
    expect(germanWords.words).not.toContain("zwei")
  })
})

/** The Dutch words, in which the four of our code stand where those of another code stood. */
function otherwiseOrdered(others: readonly string[]): readonly string[] {
  const words = [...dutchWords.words]
  for (const [i, other] of others.entries()) {
    const ours = WORDS[i] ?? ""
    words[dutchWords.words.indexOf(other)] = ours
    words[dutchWords.words.indexOf(ours)] = other
  }
  return words
}

/** The first code whose last word is this one. */
async function codeWith(word: string, list: WordList): Promise<Code> {
  const last = list.words.indexOf(word)
  if (last < 0) throw new RangeError(`${word} is not in the list of ${list.language}`)
  for (let number = last >> 10; ; number += 2) {
    const words = await encodeTrustwords(nodeCrypto, codeOfNumber(number), list)
    if (words[3] === word) return codeOfNumber(number)
  }
}
