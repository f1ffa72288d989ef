import { expect, test } from "vitest"
import { groupDigits, overwriteDigit } from "../../src-renderer/code-field/group-digits.ts"

/** The caret as a bar in the text. */
function typed(text: string): { readonly text: string; readonly caret: number } {
  return { text: text.replace("|", ""), caret: text.indexOf("|") }
}
function shown({ text, caret }: { readonly text: string; readonly caret: number }): string {
  return `${text.slice(0, caret)}|${text.slice(caret)}`
}

test.each([
  ["", "|"],
  ["4071|", "4071|"],
  ["407192|", "407192|"],
  ["4071928|", "407192-8|"],
  ["407192-8356|", "407192-8356|"],
  ["40 71 92 83 56|", "407192-8356|"],
  ["407192.8356|", "407192-8356|"],
  ["407|92-8356", "407|928-356"],
  ["407192-|356", "407192|-356"],
  ["407192|-", "407192|"],
])("digits are grouped while they are typed: %s becomes %s", (before, after) => {
  const text = before.includes("|") ? before : `${before}|`
  expect(shown(groupDigits(typed(text)))).toBe(after)
})

test.each(["appel |", "407l92|", "vier nul|", "VRIJGAVE 4071928356|", "40719283561|"])(
  "anything else stays as it was typed: %s",
  (text) => {
    expect(shown(groupDigits(typed(text)))).toBe(text)
  },
)

test.each([
  ["4071|92-83567", "4071|2-83567"],
  ["4071925|-8356", "4071925|-356"],
])("in a whole code a digit takes the place of the next: %s becomes %s", (before, after) => {
  expect(shown(overwriteDigit(typed(before)))).toBe(after)
})

test.each(["407192-83567|", "40719|2-835", "appel1|"])("but nowhere else: %s", (text) => {
  expect(shown(overwriteDigit(typed(text)))).toBe(text)
})
