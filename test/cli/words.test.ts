import { expect, test } from "vitest"
import { vrijgave } from "../support/scripted-terminal.ts"

test("a code becomes four words and comes back from them", async () => {
  const { printed: words, exitCode } = await vrijgave(["words", "encode", "--code", "123456-7890"])
  expect(exitCode).toBe(0)
  expect(words).toBe("bar clown coffee celery")
  const back = await vrijgave(["words", "decode", "--words", "BAR, clow - Coffee\ncelery"])
  expect(back).toEqual({ exitCode: 0, printed: "123456-7890", told: "" })
})

test("a code in Dutch words comes back from them, whatever the language asked for", async () => {
  const { printed: words } = await vrijgave(["words", "encode", "--code", "123456-7890", "--language", "nl"])
  expect(words).toBe("beeld code couscous brunch")
  const back = await vrijgave(["words", "decode", "--words", words])
  expect(back).toEqual({ exitCode: 0, printed: "123456-7890", told: "" })
})

test.each([
  ["too few digits", ["encode", "--code", "12345"], "5 missing"],
  ["no digits", ["encode", "--code", "abc"], "10 missing"],
  ["too many digits", ["encode", "--code", "12345678901"], "1 too many"],
  [
    "a language without a list",
    ["encode", "--code", "1234567890", "--language", "xx"],
    "there is a word list for: nl, en, cs",
  ],
  ["three words", ["decode", "--words", "bar clown coffee"], "A code is four words; here are 3"],
  [
    "a word that is not in the list",
    ["decode", "--words", "bar clown coffee selery"],
    '"selery" is not in the list; perhaps: celery',
  ],
  ["words in another order", ["decode", "--words", "clown bar coffee celery"], "they do not belong together"],
  [
    "a word that was misheard",
    ["decode", "--words", "car clown coffee celery"],
    'word 1: "bar" instead of "car"',
  ],
])("%s is a usage error that says what is wrong", async (_, line, message) => {
  const { exitCode, printed, told } = await vrijgave(["words", ...line])
  expect(exitCode).toBe(2)
  expect(told).toContain(message)
  expect(printed).toBe("")
})
