import { wordLanguageOf } from "../../src-protocol/trustwords/languages.ts"
import type { ReadBackView } from "../../src-preload/desk-state.ts"
import type { Desk } from "../consult/desk.ts"
import { outOfOrder } from "../consult/dialogue.ts"

/** The two words of the consult on screen, in the language that the patient reads and in the clinician's own. */
export class ReadBack {
  readonly #desk: Pick<Desk, "readBackWords">
  readonly #onChange: () => void
  #language = ""
  #own = ""
  #view: ReadBackView | undefined

  constructor(desk: Pick<Desk, "readBackWords">, onChange: () => void) {
    this.#desk = desk
    this.#onChange = onChange
  }

  get view(): ReadBackView | undefined {
    return this.#view
  }

  /** For a new consult: the language in which the code came, else the clinician's own. */
  begin(language: string | undefined, own: string): void {
    this.#view = undefined
    this.#language = language ?? own
    this.#own = own
  }

  async choose(language: string): Promise<void> {
    const before = this.#language
    this.#language = language
    try {
      await this.reckon()
    } catch (error) {
      this.#language = before
      throw error
    }
  }

  /** Throws `OUT_OF_ORDER` where no words are compared now, or for a language without words. */
  async reckon(): Promise<void> {
    const [theirs, own] = [languageOf(this.#language), languageOf(this.#own)]
    const words = await this.#desk.readBackWords(theirs.list)
    const isOwn = own.list.language === theirs.list.language
    this.#view = {
      words,
      language: theirs.list.language,
      question: theirs.language.askForReadBack,
      direction: theirs.language.direction,
      answers: { isRight: theirs.language.isRight, isWrong: theirs.language.isWrong },
      ...(isOwn ? {} : { own: await this.#desk.readBackWords(own.list) }),
    }
    this.#onChange()
  }

  forget(): void {
    this.#view = undefined
  }
}

function languageOf(tag: string): NonNullable<ReturnType<typeof wordLanguageOf>> {
  const found = wordLanguageOf(tag)
  if (found === undefined) throw outOfOrder("there are no words in that language")
  return found
}
