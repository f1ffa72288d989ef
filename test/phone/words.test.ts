import { describe, expect, test } from "vitest"
import { REFUSAL_REASONS } from "../../src-protocol/reasons.ts"
import { LANGUAGES } from "../../src-protocol/reason-words.ts"
import { PHONE_ERRORS } from "../../src-phone/phone-error.ts"
import { signerText } from "../../src-protocol/signer-text.ts"
import { phoneWordsIn, troubleSentence } from "../../src-phone/text/words-in.ts"
import { card, pki, registeredPhone } from "./support/scenes.ts"
import { signFor, testPhone } from "./support/phones.ts"
import { packageAnswer } from "./support/scripted-backend.ts"

const HEX_OR_CODE = /[A-Z]{3,}_|[a-z]+-[a-z]+-[a-z]+|undefined|\bnull\b/

describe.each(LANGUAGES)("what the patient reads (%s)", (language) => {
  const words = phoneWordsIn(language)

  test("is a whole sentence for every situation and every error, each its own", () => {
    const sentences = [...Object.values(words.situations), ...Object.values(words.errors)]
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^[A-Z].*\.$/)
      expect(sentence).not.toMatch(HEX_OR_CODE)
      expect(sentence.length).toBeLessThan(160)
    }
    expect(new Set(sentences).size).toBe(sentences.length)
  })

  test("is there for every error and every reason", () => {
    for (const trouble of REFUSAL_REASONS) expect(troubleSentence(trouble, language)).toMatch(/\.$/)
    expect(Object.keys(words.errors).sort()).toEqual(Object.keys(PHONE_ERRORS).sort())
  })
})

test("the Dutch and the English sentences are not the same", () => {
  const [dutch, english] = [phoneWordsIn("nl"), phoneWordsIn("en")]
  for (const text of Object.values(dutch.situations))
    expect(Object.values(english.situations)).not.toContain(text)
  for (const text of Object.values(dutch.errors)) expect(Object.values(english.errors)).not.toContain(text)
})

test("a title that is the profession is said once", () => {
  const arts = { name: "A. Bos", title: "Arts", profession: "arts", organisation: "Praktijk Noord" }
  expect(signerText(arts)).toBe("Arts A. Bos, Praktijk Noord")
})

test("a signer is named with title, profession and organisation where there are some", () => {
  expect(
    signerText({
      name: "A. Bos",
      title: "dr.",
      profession: "huisarts",
      organisation: "Praktijk",
    }),
  ).toBe("dr. A. Bos (huisarts), Praktijk")
  expect(signerText({ name: "A. Bos", profession: "", title: "", organisation: "" })).toBe("A. Bos")
})

test("a Dutch phone speaks Dutch, and shows who signed", async () => {
  const { backend, file } = await registeredPhone()
  const { phone } = await testPhone(backend.origin, pki.trust, { file, language: "nl" })
  const shown = await phone.show()
  expect(shown.sentences[0]).toMatch(/zorgverlener/)
  backend.on("pickUp", packageAnswer(await signFor(shown, (await card("arts")).signature)))
  const view = await phone.wait()
  expect(view.sentences[1]).toMatch(/^Ondertekend door .*Noor de Wit/)
})

test("what is shown holds no key, no salt and no pickupKey", async () => {
  const { phone, state } = await registeredPhone()
  const { seed, disclosure } = await state()
  if (disclosure?.step !== "registered") throw new TypeError("not registered")
  const shown = JSON.stringify(await phone.show())
  for (const secret of [seed.key, disclosure.pickupKey, disclosure.opaque])
    expect(shown).not.toContain(secret)
})
