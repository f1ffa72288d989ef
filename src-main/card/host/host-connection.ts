import { CardError } from "../card-error.ts"
import type { HostChannel } from "./host-channel.ts"
import { CardClosed, HostAnswer, type HostQuestion, type HostResult } from "./host-messages.ts"

interface Waiting {
  readonly id: number
  settle(outcome: HostResult | CardError): void
}

interface Closing extends PromiseWithResolvers<boolean> {
  readonly id: number
}

/** One process and the one question that it has at a time. When the process is gone, so is the connection. */
export class HostConnection {
  readonly #channel: HostChannel
  #waiting: Waiting | undefined
  /** Of the last question: whether the process said that the card of its signature is closed. */
  #closing: Closing = { id: 0, ...Promise.withResolvers<boolean>() }
  #ended: string | undefined

  constructor(channel: HostChannel) {
    this.#channel = channel
    channel.onMessage((message) => {
      this.#receive(message)
    })
    channel.onExit((how) => {
      this.#ended = how
      this.#closing.resolve(false)
      this.#settle(new CardError("MODULE_CRASHED", `the card process ended before it answered: ${how}`))
    })
  }

  get isAlive(): boolean {
    return this.#ended === undefined
  }

  /** The answer, or a CardError when the process ends first (whatever its exit code) or the deadline passes: then it is killed. */
  ask(question: HostQuestion, deadlineMilliseconds: number): Promise<HostResult> {
    this.#closing = { id: question.id, ...Promise.withResolvers<boolean>() }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.kill()
        this.#settle(new CardError("HOST_TIMEOUT", `no answer within ${String(deadlineMilliseconds)} ms`))
      }, deadlineMilliseconds)
      this.#waiting = {
        id: question.id,
        settle(outcome) {
          clearTimeout(timer)
          if (outcome instanceof CardError) reject(outcome)
          else resolve(outcome)
        },
      }
      this.#send(question)
    })
  }

  /** After a signature: whether the card was closed within the deadline. A process that has not by then is killed. */
  async cardClosed(deadlineMilliseconds: number): Promise<boolean> {
    const timer = setTimeout(() => {
      this.kill()
    }, deadlineMilliseconds)
    try {
      return await this.#closing.promise
    } finally {
      clearTimeout(timer)
    }
  }

  /** Ends the process and fails the question that it has with this. */
  abandon(error: CardError): void {
    this.kill()
    this.#settle(error)
  }

  kill(): void {
    this.#ended ??= "killed"
    this.#closing.resolve(false)
    this.#channel.kill()
  }

  #send(question: HostQuestion): void {
    try {
      this.#channel.send(question)
    } catch (cause) {
      this.kill()
      this.#settle(new CardError("MODULE_CRASHED", "the card process takes no message", { cause }))
    }
  }

  #receive(message: unknown): void {
    const closed = CardClosed.safeParse(message)
    if (closed.success) {
      if (closed.data.id === this.#closing.id) this.#closing.resolve(true)
      return
    }
    const answer = HostAnswer.safeParse(message)
    if (answer.success && answer.data.id !== this.#waiting?.id) return
    if (answer.success) {
      this.#settle(answer.data.result)
      return
    }
    // What no longer keeps to the contract is not asked again: its memory may be spoilt.
    this.kill()
    this.#settle(new CardError("MODULE_CRASHED", "the card process answered what is no answer"))
  }

  #settle(outcome: HostResult | CardError): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.settle(outcome)
  }
}
