import { randomBytes } from "node:crypto"
import type { CardImage } from "./card-image.ts"
import type { Effect } from "./faults.ts"
import { PivApplet } from "./piv-applet.ts"
import type { PinCounters } from "./pin-state.ts"
import { statusBytes } from "./status-words.ts"

/** What the reader gets for a command. */
export type Reply =
  | { readonly is: "answer"; readonly bytes: Uint8Array; readonly afterMilliseconds: number }
  | { readonly is: "silence" }
  | { readonly is: "removal"; readonly afterMilliseconds: number; readonly backAfterMilliseconds?: number }

/** T=1, and in the historical bytes the name of the PIV application: OpenSC then knows the card at sight. */
const PIV_HISTORICAL_BYTES = "80f9a00000030800001000"
const STATUS_BYTES = 2

/** One chipcard: what it is, and how it stands with its PIN as long as this object lives, in the reader or out of it. */
export class VirtualCard {
  readonly image: CardImage
  readonly atr: Uint8Array
  readonly #applet: PivApplet

  /** Throws RangeError for an image with keys that the card cannot hold. */
  constructor(image: CardImage) {
    this.image = image
    this.atr = image.atr === undefined ? pivAtr() : new Uint8Array(Buffer.from(image.atr, "hex"))
    this.#applet = new PivApplet(image)
  }

  get pins(): PinCounters {
    return this.#applet.pins
  }

  /** A reset, or power off and on: the verified PIN is forgotten. */
  reset(): void {
    this.#applet.reset()
  }

  /** Performs a command, with what goes wrong at it. */
  reply(command: Uint8Array, effect: Effect | undefined): Reply {
    switch (effect?.is) {
      case undefined:
        return answer(this.#applet.process(command))
      case "delay":
        return answer(this.#applet.process(command), effect.milliseconds)
      case "reset":
        this.reset()
        return answer(this.#applet.process(command))
      case "power-loss":
        this.reset()
        return { is: "removal", afterMilliseconds: 0, backAfterMilliseconds: 0 }
      case "garbage":
        return answer(new Uint8Array(randomBytes(this.#applet.process(command).length)))
      case "truncation":
        return answer(truncated(this.#applet.process(command), effect.bytes))
      case "wrong-bytes":
        return answer(turnedOver(this.#applet.process(command)))
      case "status":
        return answer(statusBytes(effect.status))
      case "silence":
      case "removal":
        return effect
    }
  }
}

function answer(bytes: Uint8Array, afterMilliseconds = 0): Reply {
  return { is: "answer", bytes, afterMilliseconds }
}

/** Less than two bytes is to vpcd, and so to the reader, a card that is gone. */
function truncated(bytes: Uint8Array, less: number): Uint8Array {
  return bytes.subarray(0, Math.max(STATUS_BYTES, bytes.length - less))
}

function turnedOver(bytes: Uint8Array): Uint8Array {
  const last = bytes.length - STATUS_BYTES - 1
  return bytes.map((byte, i) => (i === last ? byte ^ 0xff : byte))
}

/** TS, T0 with 11 historical bytes and TD1, TD1 with TD2, TD2 for T=1, the historical bytes, and TCK (ISO/IEC 7816-3 §8.2). */
function pivAtr(): Uint8Array {
  const afterTs = Buffer.concat([Uint8Array.of(0x8b, 0x80, 0x01), Buffer.from(PIV_HISTORICAL_BYTES, "hex")])
  const check = afterTs.reduce((sum, byte) => sum ^ byte, 0)
  return Uint8Array.of(0x3b, ...afterTs, check)
}
