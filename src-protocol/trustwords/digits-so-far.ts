import { codeOfNumber, printCode } from "../code.ts"
import type { HandOverInput, HandOverOffer } from "./hand-over-input.ts"
import { digitToken, type DigitToken } from "./spoken-digits.ts"

const CODE_DIGITS = 10
const REFERENCE_DIGITS = 6

/** One place of the code: the digits that it may be, more than one where it was heard in two ways. */
type Place = readonly string[]

/** The field's text where it is digits and numbers in words, and nothing else; `undefined` where it is not. */
export function understandDigits(text: string): HandOverInput | undefined {
  const tokens = (text.match(/\p{L}[\p{L}\p{M}]*|[0-9]+/gu) ?? []).map(digitToken)
  const said = tokens.filter((token) => token !== undefined)
  if (said.length === 0 || said.length < tokens.length) return undefined
  const places = placesOf(said)
  return places.length === 0 ? undefined : inputOf(places)
}

function placesOf(tokens: readonly DigitToken[]): readonly Place[] {
  const places: Place[] = []
  let times = 1
  for (const [i, token] of tokens.entries()) {
    if (token.is === "repeat") times = token.times
    if (token.is !== "digits") continue
    const before = tokens[i - 1]
    if (before?.is === "or" && places.length > 0 && token.digits.length === 1) doubt(places, token.digits)
    else if (isUnitAfterTens(before, token)) places[places.length - 1] = [token.digits]
    else for (let time = 0; time < times; time++) places.push(...Array.from(token.digits, (digit) => [digit]))
    times = 1
  }
  return places
}

function doubt(places: Place[], digit: string): void {
  const heard = places.at(-1) ?? []
  places[places.length - 1] = heard.includes(digit) ? heard : [...heard, digit]
}

/** "twenty one" is 21, as the two words of one number. */
function isUnitAfterTens(before: DigitToken | undefined, token: DigitToken): boolean {
  if (before?.is !== "digits" || token.is !== "digits" || !before.spoken || !token.spoken) return false
  return /^[2-9]0$/.test(before.digits) && /^[1-9]$/.test(token.digits)
}

function inputOf(places: readonly Place[]): HandOverInput {
  const doubtful = places.findIndex((place) => place.length > 1)
  if (doubtful >= 0) return inDoubt(places, doubtful)
  return digitsInput(places.map(([digit]) => digit).join(""))
}

function inDoubt(places: readonly Place[], doubtful: number): HandOverInput {
  const choices = places[doubtful] ?? []
  const offers = choices.map((choice) => offerOf(places, doubtful, choice))
  return {
    is: "problem",
    problem: { is: "digit-in-doubt", position: doubtful + 1, choices },
    words: [],
    offers,
  }
}

function offerOf(places: readonly Place[], doubtful: number, choice: string): HandOverOffer {
  const digits = places
    .with(doubtful, [choice])
    .map((place) => place.join(" of "))
    .join(" ")
  return { text: digits, shown: choice, why: "choice", position: doubtful + 1, instead: choice }
}

/** The input of a row of digits, whatever stood between them. */
export function digitsInput(digits: string): HandOverInput {
  if (digits.length < CODE_DIGITS)
    return { is: "digits", digits, shown: grouped(digits), missing: CODE_DIGITS - digits.length }
  if (digits.length > CODE_DIGITS)
    return { is: "problem", problem: { is: "too-many-digits", found: digits.length }, words: [], offers: [] }
  const code = codeOfNumber(Number(digits))
  return { is: "code", code, way: "digits", shown: printCode(code) }
}

function grouped(digits: string): string {
  if (digits.length <= REFERENCE_DIGITS) return digits
  return `${digits.slice(0, REFERENCE_DIGITS)}-${digits.slice(REFERENCE_DIGITS)}`
}
