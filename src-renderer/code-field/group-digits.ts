/** A text and where the caret stands in it. */
export interface Typed {
  readonly text: string
  readonly caret: number
}

const ONLY_DIGITS = /^[\d\s.\-–—]*$/
const CODE_DIGITS = 10
const REFERENCE_DIGITS = 6

/** Ten digits in their two groups, the caret at the same digit as before; anything else stays as it was typed. */
export function groupDigits({ text, caret }: Typed): Typed {
  if (!ONLY_DIGITS.test(text)) return { text, caret }
  const digits = digitsOf(text)
  if (digits.length > CODE_DIGITS) return { text, caret }
  const before = digitsOf(text.slice(0, caret)).length
  return { text: grouped(digits), caret: before > REFERENCE_DIGITS ? before + 1 : before }
}

/** A digit typed within a whole code takes the place of the next: one wrong digit is mended with one key. */
export function overwriteDigit({ text, caret }: Typed): Typed {
  const digits = digitsOf(text)
  const after = text.slice(caret)
  if (!ONLY_DIGITS.test(text) || digits.length !== CODE_DIGITS + 1 || !/\d/.test(after))
    return { text, caret }
  return { text: text.slice(0, caret) + after.replace(/\d/, ""), caret }
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, "")
}

function grouped(digits: string): string {
  if (digits.length <= REFERENCE_DIGITS) return digits
  return `${digits.slice(0, REFERENCE_DIGITS)}-${digits.slice(REFERENCE_DIGITS)}`
}
