import type { ControlRequest, ControlResult, SlotStatus } from "./control-messages.ts"
import { setLinkSpeed } from "./namespace.ts"
import type { Pcscd } from "./pcscd.ts"
import type { ReaderSlot } from "./reader-slot.ts"
import { VirtualCard } from "./virtual-card.ts"

/** Does what the control channel asks. Cards are remembered by their id: a PIN that is blocked stays so. */
export class ReaderServer {
  readonly #pcscd: Pcscd
  readonly #slots: readonly ReaderSlot[]
  readonly #end: () => void
  readonly #cards = new Map<string, VirtualCard>()

  constructor(pcscd: Pcscd, slots: readonly ReaderSlot[], end: () => void) {
    this.#pcscd = pcscd
    this.#slots = slots
    this.#end = end
  }

  /** Throws what is to be told to whoever asked. */
  async serve(request: ControlRequest): Promise<ControlResult> {
    switch (request.do) {
      case "insert":
        return await this.#insert(request)
      case "remove":
        this.#slot(request.slot).remove()
        return { is: "removed", at: now() }
      case "status":
        return { is: "status", slots: this.#slots.map(statusOf), pcscd: this.#pcscd.isRunning }
      case "faults":
        this.#slot(request.slot).setFaults(request.faults)
        return DONE
      case "log":
        return this.#log(request)
      case "link":
        return this.#link(request)
      case "pcscd":
        await this.#pcscdDo(request)
        return DONE
      case "end":
        setImmediate(this.#end)
        return DONE
    }
  }

  async #insert({ slot, card }: ControlRequest & { do: "insert" }): Promise<ControlResult> {
    const known = this.#cards.get(card.id) ?? new VirtualCard(card)
    if (this.#slots.some((other) => other.card === known))
      throw new RangeError("this card is in a reader already")
    this.#cards.set(card.id, known)
    const seen = await this.#slot(slot).insert(known, () => this.#pcscd.isRunning)
    return { is: "inserted", seen, at: now() }
  }

  #log({ slot, clear }: ControlRequest & { do: "log" }): ControlResult {
    const { log } = this.#slot(slot)
    const { entries } = log
    if (clear) log.clear()
    return { is: "log", entries }
  }

  #link({ speed, delayMilliseconds }: ControlRequest & { do: "link" }): ControlResult {
    setLinkSpeed(speed)
    for (const slot of this.#slots) slot.delayMilliseconds = delayMilliseconds
    return DONE
  }

  async #pcscdDo({ action, readers }: ControlRequest & { do: "pcscd" }): Promise<void> {
    if (action !== "start") await this.#pcscd.stop(action === "kill" ? "SIGKILL" : "SIGTERM")
    if (action === "start" || action === "restart")
      await this.#pcscd.start(readers === undefined ? undefined : readers > 0)
  }

  #slot(number: number): ReaderSlot {
    const slot = this.#slots[number]
    if (slot === undefined)
      throw new RangeError(`there is no slot ${number}; there are ${this.#slots.length}`)
    return slot
  }
}

const DONE: ControlResult = { is: "done" }

function statusOf(slot: ReaderSlot): SlotStatus {
  const { card, isSeen: seen, log, areFaultsSpent: faultsSpent } = slot
  const status = { seen, apdus: log.count, faultsSpent }
  if (card === undefined) return status
  return { ...status, card: { id: card.image.id, label: card.image.label, ...card.pins } }
}

function now(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
