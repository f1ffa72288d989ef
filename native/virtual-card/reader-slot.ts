import { setTimeout as pause } from "node:timers/promises"
import { ApduLog } from "./apdu-log.ts"
import { FaultScript, type Fault, type FaultByPredicate } from "./faults.ts"
import type { Reply, VirtualCard } from "./virtual-card.ts"
import { makeContact, type Contact } from "./vpcd.ts"

/**
 * pcscd looks every 400 ms whether a card is there, and vpcd has no queue for connections: a card that comes back sooner
 * is either not seen to have gone, or waits a second for its connection.
 */
const PACE_MILLISECONDS = 450
const RETRY_MILLISECONDS = 50
const SEEN_WITHIN_MILLISECONDS = 5_000

/** A slot of the virtual reader, with or without a card in it. A card stays in when pcscd goes and comes back. */
export class ReaderSlot {
  readonly log = new ApduLog()
  /** Waited before every answer to a command: a slow card. */
  delayMilliseconds = 0
  readonly #port: number
  #faults = new FaultScript()
  #card: VirtualCard | undefined
  #contact: Contact | undefined
  #isSeen = false
  #removedAt = -PACE_MILLISECONDS
  /** Counts insertions and removals: what waits for a moment that is past does nothing. */
  #generation = 0

  constructor(port: number) {
    this.#port = port
  }

  get card(): VirtualCard | undefined {
    return this.#card
  }

  /** Whether pcscd has the card too. */
  get isSeen(): boolean {
    return this.#isSeen
  }

  get areFaultsSpent(): boolean {
    return this.#faults.isSpent
  }

  setFaults(faults: readonly (Fault | FaultByPredicate)[]): void {
    this.#faults = new FaultScript(faults)
  }

  /**
   * Puts a card in and waits until pcscd has seen it, if `isServed`; answers whether it has. Throws where the slot has a
   * card already.
   */
  async insert(card: VirtualCard, isServed: () => boolean): Promise<boolean> {
    if (this.#hasCard()) throw new RangeError("there is a card in this slot already")
    await pause(Math.max(0, this.#removedAt + PACE_MILLISECONDS - performance.now()))
    if (this.#hasCard()) throw new RangeError("another card was put in this slot first")
    this.#put(card)
    const end = performance.now() + SEEN_WITHIN_MILLISECONDS
    while (!this.#isSeen && isServed() && this.#hasCard() && performance.now() < end) await pause(5)
    return this.#isSeen
  }

  #hasCard(): boolean {
    return this.#card !== undefined
  }

  /** Pulls the card out; nothing where there is none. */
  remove(): void {
    this.#generation += 1
    this.#card?.reset()
    this.#card = undefined
    this.#isSeen = false
    this.#removedAt = performance.now()
    this.#contact?.close()
    this.#contact = undefined
  }

  #put(card: VirtualCard): void {
    this.#card = card
    this.#generation += 1
    this.#connect(card, this.#generation)
  }

  /** Connects now or, while pcscd is away, as soon as it is there. */
  #connect(card: VirtualCard, generation: number): void {
    if (generation !== this.#generation) return
    const again = () => {
      setTimeout(() => {
        this.#connect(card, generation)
      }, RETRY_MILLISECONDS)
    }
    const isOurs = () => generation === this.#generation
    makeContact(this.#port, {
      atr: card.atr,
      powerChanged: () => {
        card.reset()
      },
      seen: () => {
        if (isOurs()) this.#isSeen = true
      },
      command: (bytes) => this.#answer(card, bytes),
      closed: () => {
        if (!isOurs()) return
        this.#isSeen = false
        this.#contact = undefined
        card.reset()
        again()
      },
    }).then((contact) => {
      if (isOurs()) this.#contact = contact
      else contact.close()
    }, again)
  }

  async #answer(card: VirtualCard, command: Uint8Array): Promise<Uint8Array | undefined> {
    if (this.delayMilliseconds > 0) await pause(this.delayMilliseconds)
    const reply = card.reply(command, this.#faults.effectOn(command))
    this.log.add(command, reply.is === "answer" ? Buffer.from(reply.bytes).toString("hex") : reply.is)
    if (reply.is === "removal") this.#pullOut(card, reply)
    if (reply.is !== "answer") return undefined
    if (reply.afterMilliseconds > 0) await pause(reply.afterMilliseconds)
    return reply.bytes
  }

  #pullOut(card: VirtualCard, { afterMilliseconds, backAfterMilliseconds }: Reply & { is: "removal" }): void {
    this.#unlessSomethingElse(afterMilliseconds, () => {
      this.remove()
      if (backAfterMilliseconds === undefined) return
      this.#unlessSomethingElse(backAfterMilliseconds, () => {
        this.#put(card)
      })
    })
  }

  #unlessSomethingElse(afterMilliseconds: number, act: () => void): void {
    const generation = this.#generation
    setTimeout(() => {
      if (generation === this.#generation) act()
    }, afterMilliseconds)
  }
}
