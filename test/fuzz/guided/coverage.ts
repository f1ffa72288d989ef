/**
 * What instrumented code tells while it runs: which way it went from branch to branch, how often, and how near its
 * comparisons came to being true. `instrument-source.ts` writes the calls, `engine.ts` reads the features.
 */
const EDGES = 0x1_0000
const FEATURES = 2 * EDGES
/** Counts that differ by less than a class are one and the same feature, as in AFL. */
const CLASSES = Uint8Array.from({ length: 256 }, (_, count) => 1 << classOf(count))

function classOf(count: number): number {
  if (count < 4) return Math.max(0, count - 1)
  if (count < 8) return 3
  if (count < 16) return 4
  if (count < 32) return 5
  return count < 128 ? 6 : 7
}

/** What one try showed: pairs of a place and a class of counts. */
export interface Features {
  readonly places: Uint32Array
  readonly classes: Uint8Array
}

export class Coverage {
  readonly #counts = new Uint32Array(FEATURES)
  readonly #touched = new Uint32Array(FEATURES)
  readonly #blocks = new Uint8Array(EDGES)
  #touchedCount = 0
  #previous = 0

  /** A function begins: its ways are told apart from those of its callers. */
  enter(id: number): void {
    this.#previous = 0
    this.hit(id)
  }

  /** A branch is taken. */
  hit(id: number): void {
    this.#blocks[id & 0xffff] = 1
    this.#touch((id ^ this.#previous) & 0xffff)
    this.#previous = id >>> 1
  }

  same(id: number, left: unknown, right: unknown): boolean {
    this.#compare(id, left, right)
    return left === right
  }

  /** Notes how far two values are apart, and gives the first back for the comparison itself. */
  near(id: number, left: unknown, right: unknown): void {
    this.#compare(id, left, right)
  }

  /** Forgets the try before. */
  reset(): void {
    for (let i = 0; i < this.#touchedCount; i++) this.#counts[this.#touched[i] ?? 0] = 0
    this.#touchedCount = 0
    this.#previous = 0
  }

  features(): Features {
    const places = this.#touched.slice(0, this.#touchedCount)
    const classes = Uint8Array.from(places, (place) => CLASSES[Math.min(255, this.#counts[place] ?? 0)] ?? 0)
    return { places, classes }
  }

  /** Whether the try since `reset` showed what `seen` does not have; takes it up there. */
  addTo(seen: Uint8Array): boolean {
    let isNew = false
    for (let i = 0; i < this.#touchedCount; i++) {
      const place = this.#touched[i] ?? 0
      const found = CLASSES[Math.min(255, this.#counts[place] ?? 0)] ?? 0
      const known = seen[place] ?? 0
      if ((found & ~known) === 0) continue
      seen[place] = known | found
      isNew = true
    }
    return isNew
  }

  /** Whether the block of this id was ever reached. */
  wasReached(id: number): boolean {
    return this.#blocks[id & 0xffff] === 1
  }

  #touch(place: number): void {
    const count = this.#counts[place] ?? 0
    if (count === 0) this.#touched[this.#touchedCount++] = place
    this.#counts[place] = count + 1
  }

  #compare(id: number, left: unknown, right: unknown): void {
    if (left === right) return
    const apart = distance(left, right)
    if (apart >= 0) this.#touch(EDGES + ((Math.imul(id, 67) + apart) & 0xffff))
  }
}

/** A place in `seen` for every feature there is. */
export function nothingSeen(): Uint8Array {
  return new Uint8Array(FEATURES)
}

/** Whether a feature says how near a comparison was, and not which way the code went. */
export function isNearness(place: number): boolean {
  return place >= EDGES
}

/** The magnitude of a difference between numbers, the length of what two texts begin with alike; -1 for anything else. */
function distance(left: unknown, right: unknown): number {
  if (typeof left === "number" && typeof right === "number") return 32 - Math.clz32(Math.abs(left - right))
  if (typeof left !== "string" || typeof right !== "string") return -1
  const shared = Math.min(left.length, right.length, 32)
  let i = 0
  while (i < shared && left.charCodeAt(i) === right.charCodeAt(i)) i++
  return 33 + i
}

/** The one that instrumented code of this process speaks to. */
export const coverage = new Coverage()
