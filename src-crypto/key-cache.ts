/**
 * Keys that were read lately. Reading one costs more than checking a signature with it, and the same few authorities come
 * back with each package. It is small on purpose: a clinician's key is soon pushed out, and none outlives the process.
 */
export class KeyCache<Key> {
  readonly #keys = new Map<string, Key>()
  readonly #limit: number

  constructor(limit = 16) {
    this.#limit = limit
  }

  /** The key kept under `name`, or else what `read` answers, which is kept. What `read` throws is passed on. */
  get(name: string, read: () => Key): Key {
    const key = this.#keys.get(name) ?? read()
    // Taken out and put back it becomes the youngest: a Map keeps the order in which keys were put in.
    this.#keys.delete(name)
    this.#keys.set(name, key)
    const oldest = this.#keys.keys().next()
    if (this.#keys.size > this.#limit && oldest.done !== true) this.#keys.delete(oldest.value)
    return key
  }
}
