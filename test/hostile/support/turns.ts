/** Draws a number from 0 to `count` − 1. */
export type Choose = (count: number) => number

/**
 * Lets parties run by turns: each one runs alone until it comes to a gate, then `choose` says who goes on. The same
 * choices give the same run, so that a race that went wrong can be run again.
 */
export class Turns {
  readonly #waiting: { readonly party: number; readonly resume: () => void }[] = []
  #current: number | undefined
  #rested: () => void = () => undefined

  /** Waits for its turn; outside `run` it is always its turn. */
  gate(): Promise<void> {
    const party = this.#current
    if (party === undefined) return Promise.resolve()
    return this.#queue(party)
  }

  /** Runs them all to their end; answers whose turn it was, turn by turn. */
  async run(parties: readonly (() => Promise<void>)[], choose: Choose): Promise<readonly number[]> {
    const ended = parties.map((party, index) => this.#begin(index, party))
    const order: number[] = []
    while (this.#waiting.length > 0) {
      const [next] = this.#waiting.splice(choose(this.#waiting.length), 1)
      if (next === undefined) throw new RangeError("no such party")
      order.push(next.party)
      await this.#untilRest(next)
    }
    this.#current = undefined
    await Promise.all(ended)
    return order
  }

  async #begin(index: number, party: () => Promise<void>): Promise<void> {
    await this.#queue(index)
    try {
      await party()
    } finally {
      this.#rested()
    }
  }

  #queue(party: number): Promise<void> {
    return new Promise((resume) => {
      this.#waiting.push({ party, resume })
      this.#rested()
    })
  }

  async #untilRest({
    party,
    resume,
  }: {
    readonly party: number
    readonly resume: () => void
  }): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#rested = resolve
      this.#current = party
      resume()
    })
  }
}

/** Choices that follow from a seed (mulberry32): not random for anyone but a test. */
export function choices(seed: number): Choose {
  let state = seed >>> 0
  return (count) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * count)
  }
}
