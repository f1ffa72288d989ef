import { expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { parseCode } from "../../src-protocol/code.ts"
import { readBackWords } from "../../src-protocol/read-back.ts"
import { englishWords } from "../../src-protocol/trustwords/english.ts"
import { expectRejection } from "./refusals.ts"
import { protocolVectors } from "./vectors.ts"

const HASH = "5e".repeat(32)
const CODE = parseCode("123456-7890")

test.each(protocolVectors.readBack)("the known answer for $hash has its two words", async (vector) => {
  const words = await readBackWords(nodeCrypto, vector.hash, vector.code, englishWords)
  expect(words.map((word) => englishWords.words.indexOf(word))).toEqual(vector.expect.indexes)
})

test("another hash, another reference and another confirmation each have other words", async () => {
  const words = await Promise.all([
    readBackWords(nodeCrypto, HASH, CODE, englishWords),
    readBackWords(nodeCrypto, "5f" + HASH.slice(2), CODE, englishWords),
    readBackWords(nodeCrypto, HASH, parseCode("123457-7890"), englishWords),
    readBackWords(nodeCrypto, HASH, parseCode("123456-7891"), englishWords),
  ])
  expect(new Set(words.map((pair) => pair.join(" "))).size).toBe(4)
})

test("a hash that is none is refused", async () => {
  await expectRejection(readBackWords(nodeCrypto, HASH.toUpperCase(), CODE, englishWords), "malformed-hex")
  await expectRejection(readBackWords(nodeCrypto, "not hex", CODE, englishWords), "malformed-hex")
  await expectRejection(readBackWords(nodeCrypto, HASH.slice(2), CODE, englishWords), "wrong-length")
})

test("a code that is none is refused", async () => {
  const noCode = { reference: "12345", confirmation: "7890" }
  await expectRejection(readBackWords(nodeCrypto, HASH, noCode, englishWords), "malformed-code")
})

test("a list with too few words is refused and not answered with an empty word", async () => {
  const short = { language: "xx", words: ["one"] }
  await expectRejection(readBackWords(nodeCrypto, HASH, CODE, short), "wrong-length")
})
