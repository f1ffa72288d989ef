import type { Language } from "../src-protocol/reason-words.ts"
import type { WordList } from "../src-protocol/trustwords/word-list.ts"
import { PhoneError } from "../src-phone/phone-error.ts"
import type { PhoneView } from "../src-phone/phone-view.ts"
import type { Phone } from "../src-phone/phone.ts"
import { troubleSentence } from "../src-phone/text/words-in.ts"
import type { PhoneActivity, PhoneWindowState, WordChoice } from "./contract.ts"

export interface PhoneSessionParts {
  /** The same phone on the same state, speaking one language or the other. */
  readonly phoneIn: (language: Language) => Phone
  readonly lists: readonly (WordChoice & { readonly list: WordList })[]
  readonly language: Language
}

/** Short, so that what the patient does in between waits no longer than this. */
const WAIT_SECONDS = 2
const PAUSE_MILLISECONDS = 500

/** A phone in a patient's hand: waits for the package by itself, and does what is touched. One step at a time. */
export class PhoneSession {
  readonly #parts: PhoneSessionParts
  readonly #phones: Readonly<Record<Language, Phone>>
  readonly #listeners = new Set<(state: PhoneWindowState) => void>()
  #language: Language
  #list: WordList | undefined
  #state: PhoneWindowState | undefined
  #last: Promise<unknown> = Promise.resolve()
  #ended = false

  constructor(parts: PhoneSessionParts) {
    this.#parts = parts
    this.#language = parts.language
    this.#phones = { nl: parts.phoneIn("nl"), en: parts.phoneIn("en") }
    this.#list = this.#listFor(parts.language)
  }

  subscribe(listener: (state: PhoneWindowState) => void): void {
    this.#listeners.add(listener)
  }

  async readState(): Promise<PhoneWindowState> {
    return this.#state ?? (await this.#inTurn(() => this.#show({})))
  }

  /** Shows where an earlier run left off, and waits on where there is something to wait for. */
  async start(): Promise<void> {
    await this.readState()
    void this.#waitOn()
  }

  async register(): Promise<void> {
    await this.#do("registering", (phone) => phone.register())
    void this.#waitOn()
  }

  publish(): Promise<void> {
    return this.#do("publishing", (phone) => phone.publish())
  }

  withdraw(): Promise<void> {
    return this.#do("withdrawing", (phone) => phone.withdraw())
  }

  async chooseLanguage(language: Language): Promise<void> {
    this.#language = language
    this.#list = this.#listFor(language)
    await this.#inTurn(() => this.#show({}))
  }

  async chooseWords(language: string): Promise<void> {
    this.#list = this.#listFor(language)
    await this.#inTurn(() => this.#show({}))
  }

  /** Ends the waiting; what is under way is durable already. */
  end(): void {
    this.#ended = true
  }

  async #waitOn(): Promise<void> {
    while (!this.#ended && isWaiting(this.#state?.view)) {
      await this.#do("waiting", (phone) => phone.wait(WAIT_SECONDS))
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS))
    }
  }

  async #do(activity: PhoneActivity, step: (phone: Phone) => Promise<PhoneView>): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#ended || (activity === "waiting" && !isWaiting(this.#state?.view))) return
      await this.#show({ activity })
      const trouble = await this.#try(step)
      await this.#show(trouble === undefined ? {} : { problem: troubleSentence(trouble, this.#language) })
    })
  }

  async #try(step: (phone: Phone) => Promise<PhoneView>): Promise<PhoneView["trouble"]> {
    try {
      return (await step(this.#phones[this.#language])).trouble
    } catch (error) {
      if (error instanceof PhoneError) return error.code
      throw error
    }
  }

  async #show(more: Pick<PhoneWindowState, "activity" | "problem">): Promise<PhoneWindowState> {
    const view = await this.#phones[this.#language].show(this.#list)
    const words = {
      language: this.#list?.language ?? "",
      all: this.#parts.lists.map(({ language, name }) => ({ language, name })),
    }
    const state = { language: this.#language, words, view, ...more }
    this.#state = state
    for (const listener of this.#listeners) listener(state)
    return state
  }

  #listFor(language: string): WordList | undefined {
    const { lists } = this.#parts
    return (lists.find((choice) => choice.language === language) ?? lists[0])?.list
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(action)
    this.#last = turn.catch(() => undefined)
    return turn
  }
}

function isWaiting(view: PhoneView | undefined): boolean {
  return view?.step === "registered" || view?.step === "received"
}
