import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { CODE_COUNT, codeDigits, codeOfNumber } from "../../../src-protocol/code.ts"
import { codeOfIndexes, encodeTrustwords } from "../../../src-protocol/trustwords/codec.ts"
import { englishWords } from "../../../src-protocol/trustwords/english.ts"
import { WORD_COUNT } from "../../../src-protocol/trustwords/word-list.ts"
import { below } from "./random.ts"

/** A way to hand a code over: rows of symbols, and which rows are taken for a code. */
export interface Scheme {
  readonly name: string
  readonly symbols: number
  draw(random: () => number): Promise<readonly number[]>
  isTaken(row: readonly number[]): Promise<boolean>
}

const digits: Scheme = {
  name: "ten digits (ours), before the look-up",
  symbols: 10,
  draw: (random) => Promise.resolve(Array.from(codeDigits(codeOfNumber(below(random, CODE_COUNT))), Number)),
  isTaken: (row) => Promise.resolve(row.length === 10),
}

const words: Scheme = {
  name: "four trustwords (ours)",
  symbols: WORD_COUNT,
  async draw(random) {
    const said = await encodeTrustwords(nodeCrypto, codeOfNumber(below(random, CODE_COUNT)), englishWords)
    return said.map((word) => englishWords.words.indexOf(word))
  },
  isTaken: async (row) => row.length === 4 && (await codeOfIndexes(nodeCrypto, row)) !== undefined,
}

/** Luhn's doubling from the right, in base `base`: for digits it is the check of payment cards. */
function luhnSum(row: readonly number[], base: number): number {
  return row.toReversed().reduce((sum, symbol, i) => {
    const counted = i % 2 === 1 ? symbol * 2 : symbol
    return sum + Math.floor(counted / base) + (counted % base)
  }, 0)
}

function luhn(base: number, length: number): Scheme {
  const isTaken = (row: readonly number[]) => row.length === length && luhnSum(row, base) % base === 0
  return withCheck(`Luhn mod ${String(base)}, ${String(length)} characters`, base, length, isTaken)
}

/** Damm's check on the quasigroup x∘y = 2x + y over GF(32) with x⁵ + x² + 1, which is totally anti-symmetric. */
function damm(length: number): Scheme {
  const isTaken = (row: readonly number[]) =>
    row.length === length && row.reduce((state, symbol) => timesTwo(state ^ symbol), 0) === 0
  return withCheck(`Damm mod 32, ${String(length)} characters`, 32, length, isTaken)
}

function timesTwo(value: number): number {
  const doubled = value << 1
  return doubled > 31 ? doubled ^ 0b100101 : doubled
}

function withCheck(
  name: string,
  symbols: number,
  length: number,
  isTaken: (row: readonly number[]) => boolean,
): Scheme {
  return {
    name,
    symbols,
    draw(random) {
      const row = Array.from({ length: length - 1 }, () => below(random, symbols))
      const check = Array.from({ length: symbols }, (_, symbol) => symbol).find((last) =>
        isTaken([...row, last]),
      )
      return Promise.resolve([...row, check ?? 0])
    },
    isTaken: (row) => Promise.resolve(isTaken(row)),
  }
}

/** ISO/IEC 7064, MOD 97-10: two check digits, as on a bank account number. */
const mod97: Scheme = {
  name: "mod 97-10 (ISO 7064), 12 digits",
  symbols: 10,
  draw(random) {
    const number = BigInt(below(random, CODE_COUNT))
    const check = 98n - ((number * 100n) % 97n)
    const text = String(number * 100n + check).padStart(12, "0")
    return Promise.resolve(Array.from(text, Number))
  },
  isTaken: (row) => Promise.resolve(row.length === 12 && BigInt(row.join("")) % 97n === 1n),
}

export const SCHEMES: readonly Scheme[] = [digits, words, luhn(23, 10), damm(10), mod97]
