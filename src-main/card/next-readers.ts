import { knownCard } from "./known-cards.ts"
import type { Reader, ReaderCard, ReaderEvent, Readers, ReadersReport } from "./readers.ts"

/** A reader as the loop remembers it: `state` is the last dwEventState, which the next call hands back. */
export interface WatchedReader {
  readonly name: string
  readonly state: number
  readonly card: ReaderCard | undefined
}

/** What SCardGetStatusChange answered about one reader. */
export interface SeenReader {
  readonly name: string
  readonly state: number
  readonly atr: Uint8Array
}

export interface Step {
  readonly watched: readonly WatchedReader[]
  readonly events: readonly ReaderEvent[]
}

const CHANGED = 0x0002
const PRESENT = 0x0020
const EXCLUSIVE = 0x0080
const IN_USE = 0x0100
const MUTE = 0x0200

/** What the list of readers changed: new ones are looked at from the beginning, and a card leaves with its reader. */
export function withNames(watched: readonly WatchedReader[], names: readonly string[]): Step {
  const gone = watched.filter(({ name }) => !names.includes(name))
  const added = names.filter((name) => !watched.some((known) => known.name === name))
  return {
    watched: [
      ...watched.filter(({ name }) => names.includes(name)),
      ...added.map((name) => ({ name, state: 0, card: undefined })),
    ],
    events: [
      ...gone.flatMap(({ name, card }): ReaderEvent[] => [
        ...(card === undefined ? [] : [{ is: "card-removed" as const, reader: name }]),
        { is: "reader-removed", reader: name },
      ]),
      ...added.map((name): ReaderEvent => ({ is: "reader-added", reader: name })),
    ],
  }
}

/** What the states of the readers changed. `heldBy` is told of cards that another program has come to hold alone. */
export function withStates(
  watched: readonly WatchedReader[],
  seen: readonly SeenReader[],
  heldBy: readonly string[],
): Step {
  const steps = watched.map((before) => {
    const found = seen.find(({ name }) => name === before.name)
    return found === undefined ? { reader: before, events: [] } : nextReader(before, found, heldBy)
  })
  return { watched: steps.map(({ reader }) => reader), events: steps.flatMap(({ events }) => events) }
}

function nextReader(
  before: WatchedReader,
  seen: SeenReader,
  heldBy: readonly string[],
): { readonly reader: WatchedReader; readonly events: readonly ReaderEvent[] } {
  const { name } = before
  const state = (seen.state & ~CHANGED) >>> 0
  const card = (state & PRESENT) === 0 ? undefined : cardOf(state, seen.atr, before.card, heldBy)
  const passed = before.state === 0 ? 0 : movements(before.state, state)
  return { reader: { name, state, card }, events: eventsOf(name, before.card, card, passed) }
}

/** PC/SC counts in the upper half of the state how often a card went in or out; the count begins anew after 65,535. */
function movements(before: number, after: number): number {
  return ((after >>> 16) - (before >>> 16)) & 0xffff
}

function eventsOf(
  reader: string,
  before: ReaderCard | undefined,
  after: ReaderCard | undefined,
  passed: number,
): readonly ReaderEvent[] {
  const removed: ReaderEvent = { is: "card-removed", reader }
  if (before === undefined && after === undefined) {
    // One went in and out between two looks.
    return passed < 2 ? [] : [{ is: "card-inserted", reader, card: UNSEEN }, removed]
  }
  if (after === undefined) return [removed]
  if (before === undefined) return [{ is: "card-inserted", reader, card: after }]
  // Out and in between two looks: it may be another person's card, whatever its answer to reset.
  if (passed > 0) return [removed, { is: "card-inserted", reader, card: after }]
  const same = before.state === after.state && before.atr === after.atr
  return same ? [] : [{ is: "card-changed", reader, card: after }]
}

const UNSEEN: ReaderCard = { atr: "", known: "unknown", state: "ready", heldBy: [] }

function cardOf(
  state: number,
  atrBytes: Uint8Array,
  before: ReaderCard | undefined,
  heldBy: readonly string[],
): ReaderCard {
  const atr = Buffer.from(atrBytes).toString("hex")
  const known = knownCard(atr)
  if ((state & MUTE) !== 0) return { atr, known, state: "mute", heldBy: [] }
  if ((state & EXCLUSIVE) === 0) return { atr, known, state: "ready", heldBy: [] }
  return { atr, known, state: "held", heldBy: before?.state === "held" ? before.heldBy : [...heldBy] }
}

/** Whether a card came to be held alone since the last look: then it is worth asking who may do so. */
export function becameHeld(watched: readonly WatchedReader[], seen: readonly SeenReader[]): boolean {
  return seen.some(({ name, state }) => {
    const before = watched.find((reader) => reader.name === name)
    return (state & (EXCLUSIVE | PRESENT)) === (EXCLUSIVE | PRESENT) && before?.card?.state !== "held"
  })
}

/**
 * Of what was answered although "nothing changed": who uses the card. pcsc-lite tells when somebody lets a card go, and of
 * one that is taken only when it is asked. Nothing else in an answer of that kind is to be relied on.
 */
export function sharingOnly(
  watched: readonly WatchedReader[],
  seen: readonly SeenReader[],
): readonly SeenReader[] {
  return seen.flatMap(({ name, state }) => {
    const before = watched.find((reader) => reader.name === name)
    if (before?.card === undefined || (state & PRESENT) === 0) return []
    const shared = (before.state & ~(EXCLUSIVE | IN_USE)) | (state & (EXCLUSIVE | IN_USE))
    return [{ name, state: shared >>> 0, atr: Buffer.from(before.card.atr, "hex") }]
  })
}

/** The report of a step, while the service runs. */
export function reportOf(before: Readers, { watched, events }: Step): ReadersReport {
  const readers = watched.map(({ name, card }): Reader => (card === undefined ? { name } : { name, card }))
  const said: ReaderEvent[] = before.service === "running" ? [] : [{ is: "service", service: "running" }]
  return { events: [...said, ...events], now: { service: "running", readers } }
}
