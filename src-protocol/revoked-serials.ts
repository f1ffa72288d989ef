import { bytesOfHex } from "./bytes.ts"
import type { Instant } from "./instant.ts"

const SMALLEST = 64
const NONE = 0

/**
 * When which serial numbers were revoked. A list has a hundred thousand entries, and a Map would make a text of each; this
 * is an open hash table over the bytes as they stand in the list, filled to a half at most, so a look-up stays constant.
 */
export class RevokedSerials {
  readonly #buffer: Uint8Array
  readonly #starts: Uint32Array
  readonly #lengths: Uint8Array
  readonly #dates: Float64Array
  /** Numbers of entries, from 1; `NONE` where there is none. */
  readonly #slots: Uint32Array
  #size = 0

  /** Over serial numbers in `buffer`, at most so many. */
  constructor(buffer: Uint8Array, most: number) {
    this.#buffer = buffer
    this.#starts = new Uint32Array(most)
    this.#lengths = new Uint8Array(most)
    this.#dates = new Float64Array(most)
    let slots = SMALLEST
    while (slots < most * 2) slots *= 2
    this.#slots = new Uint32Array(slots)
  }

  get size(): number {
    return this.#size
  }

  /** The serial number is the bytes of the buffer from `start`. The earliest date counts where one is listed twice. */
  add(start: number, length: number, revokedAt: Instant): void {
    const slot = this.#slotOf(this.#buffer, start, length)
    const entry = this.#slots[slot] ?? NONE
    if (entry !== NONE) {
      this.#dates[entry - 1] = Math.min(revokedAt, this.#dates[entry - 1] ?? revokedAt)
      return
    }
    if (this.#size === this.#starts.length) throw new RangeError("more serial numbers than were announced")
    this.#starts[this.#size] = start
    this.#lengths[this.#size] = length
    this.#dates[this.#size] = revokedAt
    this.#size += 1
    this.#slots[slot] = this.#size
  }

  /** `serialNumber` is the hex of the INTEGER's content. */
  get(serialNumber: string): Instant | undefined {
    const serial = bytesOfHex(serialNumber)
    const entry = this.#slots[this.#slotOf(serial, 0, serial.length)] ?? NONE
    return entry === NONE ? undefined : this.#dates[entry - 1]
  }

  has(serialNumber: string): boolean {
    return this.get(serialNumber) !== undefined
  }

  /** Where the serial number is, or else the free slot where it belongs. */
  #slotOf(bytes: Uint8Array, start: number, length: number): number {
    const mask = this.#slots.length - 1
    let slot = hashOf(bytes, start, length) & mask
    for (;;) {
      const entry = this.#slots[slot] ?? NONE
      if (entry === NONE || this.#isEntry(entry - 1, bytes, start, length)) return slot
      slot = (slot + 1) & mask
    }
  }

  #isEntry(entry: number, bytes: Uint8Array, start: number, length: number): boolean {
    if (this.#lengths[entry] !== length) return false
    const own = this.#starts[entry] ?? 0
    for (let i = 0; i < length; i++) if (this.#buffer[own + i] !== bytes[start + i]) return false
    return true
  }
}

/** FNV-1a. An authority draws its serial numbers itself: nobody else can choose some that meet in one slot. */
function hashOf(bytes: Uint8Array, start: number, length: number): number {
  let hash = 0x811c9dc5
  for (let i = start; i < start + length; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193)
  return hash ^ (hash >>> 15)
}
