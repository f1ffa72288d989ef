import { INSTRUCTION, parseCommand, type Command, type Response } from "./apdu.ts"
import type { CardImage } from "./card-image.ts"
import { cardKey } from "./card-key.ts"
import { Exchange } from "./exchange.ts"
import { generalAuthenticate, type KeyOnCard } from "./general-authenticate.ts"
import { PinState, type PinCounters } from "./pin-state.ts"
import {
  applicationProperties,
  dataObjects,
  PIN_PROTECTED,
  PIV_AID,
  type DataObjects,
} from "./piv-objects.ts"
import { STATUS, statusBytes } from "./status-words.ts"
import { readTlvs } from "./tlv.ts"

const PIN_REFERENCE = 0x80
const PUK_REFERENCE = 0x81
const FORGET = 0xff
const BY_NAME = 0x04
const SHORTEST_AID = 5
const NOTHING = new Uint8Array()

/**
 * A PIV card application (SP 800-73-4 part 2) with the three keys of a UZI pass. It is selected from power-on, as the
 * default application; nothing can be written to it, since nobody has its management key.
 */
export class PivApplet {
  readonly #objects: DataObjects
  readonly #keys: ReadonlyMap<number, KeyOnCard>
  readonly #pins: PinState
  readonly #exchange = new Exchange()
  /** Whether the command before this one was the right PIN: what a key with "PIN always" wants. */
  #pinIsFresh = false

  constructor(image: CardImage) {
    this.#objects = dataObjects(image)
    this.#keys = new Map(
      image.keys.map(({ place, privateKey, pinPolicy }) => [
        Number.parseInt(place, 16),
        { key: cardKey(privateKey), pinPolicy },
      ]),
    )
    this.#pins = new PinState(image.pin, image.puk)
  }

  get pins(): PinCounters {
    return this.#pins.counters
  }

  /** What a reset and a loss of power do: the counters stay, the verified PIN does not. */
  reset(): void {
    this.#pins.forget()
    this.#pinIsFresh = false
    this.#exchange.reset()
  }

  /** One command in, its answer out: data and the two bytes of the status word. */
  process(bytes: Uint8Array): Uint8Array {
    const { data, status } = this.#answer(bytes)
    return new Uint8Array(Buffer.concat([data, statusBytes(status)]))
  }

  #answer(bytes: Uint8Array): Response {
    const command = parseCommand(bytes)
    if (command === undefined) return only(STATUS.wrongLength)
    if ((command.cla & 0x0c) !== 0) return only(STATUS.noSecureMessaging)
    if ((command.cla & 0xef) !== 0) return only(STATUS.unknownClass)
    const taken = this.#exchange.take(command)
    if ("answer" in taken) return taken.answer
    const fresh = this.#pinIsFresh
    this.#pinIsFresh = false
    return this.#exchange.give(this.#perform(taken.whole, fresh), command.expected)
  }

  #perform(command: Command, fresh: boolean): Response {
    try {
      return this.#dispatch(command, fresh)
    } catch {
      // TLV that is none, a block of the wrong length, a point that is not on the curve.
      return only(STATUS.wrongData)
    }
  }

  #dispatch(command: Command, fresh: boolean): Response {
    switch (command.ins) {
      case INSTRUCTION.select:
        return select(command)
      case INSTRUCTION.getData:
        return this.#getData(command)
      case INSTRUCTION.verify:
        return only(this.#verify(command))
      case INSTRUCTION.changeReferenceData:
        return only(this.#change(command))
      case INSTRUCTION.resetRetryCounter:
        return only(this.#unblock(command))
      case INSTRUCTION.generalAuthenticate:
        return generalAuthenticate(command, this.#keys, { verified: this.#pins.isVerified, fresh })
      case INSTRUCTION.putData:
      case INSTRUCTION.generateKeyPair:
        return only(STATUS.securityNotSatisfied)
      default:
        return only(STATUS.unknownInstruction)
    }
  }

  #getData({ p1, p2, data }: Command): Response {
    if (p1 !== 0x3f || p2 !== 0xff) return only(STATUS.wrongParameters)
    const [list] = readTlvs(data)
    if (list?.tag !== 0x5c) return only(STATUS.wrongData)
    const tag = Buffer.from(list.value).toString("hex")
    if (PIN_PROTECTED.has(tag) && !this.#pins.isVerified) return only(STATUS.securityNotSatisfied)
    const found = this.#objects.get(tag)
    return found === undefined ? only(STATUS.notFound) : { data: found, status: STATUS.ok }
  }

  #verify({ p1, p2, data }: Command): number {
    if (p2 !== PIN_REFERENCE) return STATUS.keyNotFound
    if (p1 === FORGET && data.length === 0) {
      this.#pins.forget()
      return STATUS.ok
    }
    if (p1 !== 0) return STATUS.wrongParameters
    if (data.length === 0) return this.#pins.ask()
    const status = this.#pins.verify(data)
    this.#pinIsFresh = status === STATUS.ok
    return status
  }

  #change({ p1, p2, data }: Command): number {
    if (p1 !== 0) return STATUS.wrongParameters
    if (p2 === PIN_REFERENCE) return this.#pins.changePin(data)
    return p2 === PUK_REFERENCE ? this.#pins.changePuk(data) : STATUS.keyNotFound
  }

  #unblock({ p1, p2, data }: Command): number {
    if (p1 !== 0) return STATUS.wrongParameters
    return p2 === PIN_REFERENCE ? this.#pins.unblock(data) : STATUS.keyNotFound
  }
}

/** By the whole name or its beginning. A name that is not ours leaves the application selected. */
function select({ p1, data }: Command): Response {
  if (p1 !== BY_NAME) return only(STATUS.wrongParameters)
  const isOurs = data.length >= SHORTEST_AID && data.every((byte, i) => byte === PIV_AID[i])
  return isOurs ? { data: applicationProperties(), status: STATUS.ok } : only(STATUS.notFound)
}

function only(status: number): Response {
  return { data: NOTHING, status }
}
