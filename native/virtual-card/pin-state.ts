import { STATUS } from "./status-words.ts"

/** PIN, PUK and their counters, as the other side of the control channel may see them. */
export interface PinCounters {
  readonly pinTries: number
  readonly pukTries: number
  /** Whether whoever talks to the card now may use the keys without a PIN. */
  readonly pinVerified: boolean
}

export const MAXIMUM_TRIES = 3
const SECRET_BYTES = 8

/**
 * The PIN and the PUK of a card: 6 to 8 digits, filled up to 8 bytes with FF, three tries each (SP 800-73-4 part 2
 * §3.2.1 to 3.2.3). Every method answers the status word. A secret of the wrong form is refused and not counted.
 */
export class PinState {
  #pin: string
  #puk: string
  #pinTries = MAXIMUM_TRIES
  #pukTries = MAXIMUM_TRIES
  #verified = false

  constructor(pin: string, puk: string) {
    if (!isSecret(padded(pin)) || !isSecret(padded(puk)))
      throw new RangeError("a PIN or PUK has 6 to 8 digits")
    this.#pin = pin
    this.#puk = puk
  }

  get counters(): PinCounters {
    return { pinTries: this.#pinTries, pukTries: this.#pukTries, pinVerified: this.#verified }
  }

  get isVerified(): boolean {
    return this.#verified
  }

  /** The empty VERIFY: how things stand, without a try. */
  ask(): number {
    if (this.#verified) return STATUS.ok
    return this.#pinTries === 0 ? STATUS.blocked : STATUS.wrongSecret | this.#pinTries
  }

  verify(candidate: Uint8Array): number {
    if (this.#pinTries === 0) return STATUS.blocked
    if (!isSecret(candidate)) return STATUS.wrongData
    if (!equals(this.#pin, candidate)) return this.#wrongPin()
    this.#pinTries = MAXIMUM_TRIES
    this.#verified = true
    return STATUS.ok
  }

  /** CHANGE REFERENCE DATA for the PIN: the old one and the new one, 8 bytes each. */
  changePin(oldAndNew: Uint8Array): number {
    if (this.#pinTries === 0) return STATUS.blocked
    const next = newSecret(oldAndNew)
    if (next === undefined) return STATUS.wrongData
    if (!equals(this.#pin, oldAndNew.subarray(0, SECRET_BYTES))) return this.#wrongPin()
    this.#pin = next
    this.#pinTries = MAXIMUM_TRIES
    this.#verified = true
    return STATUS.ok
  }

  /** CHANGE REFERENCE DATA for the PUK. */
  changePuk(oldAndNew: Uint8Array): number {
    return this.#withPuk(oldAndNew, (next) => {
      this.#puk = next
    })
  }

  /** RESET RETRY COUNTER: the PUK and a new PIN. It does not verify the PIN. */
  unblock(pukAndNew: Uint8Array): number {
    return this.#withPuk(pukAndNew, (next) => {
      this.#pin = next
      this.#pinTries = MAXIMUM_TRIES
    })
  }

  /** What a reset, a loss of power and a VERIFY with P1 = FF do. */
  forget(): void {
    this.#verified = false
  }

  #withPuk(pukAndNew: Uint8Array, change: (next: string) => void): number {
    if (this.#pukTries === 0) return STATUS.blocked
    const next = newSecret(pukAndNew)
    if (next === undefined) return STATUS.wrongData
    if (!equals(this.#puk, pukAndNew.subarray(0, SECRET_BYTES))) {
      this.#pukTries -= 1
      return STATUS.wrongSecret | this.#pukTries
    }
    this.#pukTries = MAXIMUM_TRIES
    change(next)
    return STATUS.ok
  }

  #wrongPin(): number {
    this.#pinTries -= 1
    this.#verified = false
    return STATUS.wrongSecret | this.#pinTries
  }
}

function padded(secret: string): Uint8Array {
  return Buffer.from(secret.padEnd(SECRET_BYTES, "\xff"), "latin1")
}

function equals(secret: string, candidate: Uint8Array): boolean {
  return padded(secret).every((byte, i) => byte === candidate[i])
}

function isSecret(bytes: Uint8Array): boolean {
  return bytes.length === SECRET_BYTES && /^[0-9]{6,8}\xff*$/.test(latin1(bytes))
}

function newSecret(oldAndNew: Uint8Array): string | undefined {
  const next = oldAndNew.subarray(SECRET_BYTES)
  if (oldAndNew.length !== 2 * SECRET_BYTES || !isSecret(next)) return undefined
  return latin1(next).replaceAll("\xff", "")
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1")
}
