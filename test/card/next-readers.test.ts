import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { knownCard } from "../../src-main/card/known-cards.ts"
import {
  becameHeld,
  reportOf,
  sharingOnly,
  withNames,
  withStates,
  type SeenReader,
  type WatchedReader,
} from "../../src-main/card/next-readers.ts"
import { losing, NO_READERS_YET, ReadersReport, type ReaderEvent } from "../../src-main/card/readers.ts"

const UZI = "3bdc18ff8191fe1fc3060a2b06010401e910050204d6"
const PRESENT = 0x20
const EMPTY = 0x10
const EXCLUSIVE = 0x80
const MUTE = 0x200
const CHANGED = 0x2

/** A reader as SCardGetStatusChange answers it: flags below, the count of movements above. */
function seen(flags: number, movements: number, atr = "3b00"): SeenReader {
  return { name: "A", state: (movements << 16) | flags | CHANGED, atr: Buffer.from(atr, "hex") }
}

/** What is said of reader A after each of these looks. */
function eventsOf(...looks: readonly SeenReader[]): readonly string[] {
  let watched: readonly WatchedReader[] = withNames([], ["A"]).watched
  const said: ReaderEvent[] = []
  for (const look of looks) {
    const step = withStates(watched, [look], ["scdaemon"])
    watched = step.watched
    said.push(...step.events)
  }
  return said.map((event) => ("card" in event ? `${event.is} ${event.card.state}` : event.is))
}

describe("a reader", () => {
  test("that is new is told, and one that is gone takes its card with it", () => {
    const first = withNames([], ["A", "B"])
    expect(first.events.map(({ is }) => is)).toEqual(["reader-added", "reader-added"])
    const inserted = withStates(first.watched, [seen(PRESENT, 1)], [])
    const gone = withNames(inserted.watched, ["B"])
    expect(gone.events).toEqual([
      { is: "card-removed", reader: "A" },
      { is: "reader-removed", reader: "A" },
    ])
    expect(gone.watched.map(({ name }) => name)).toEqual(["B"])
  })

  test("that nobody was asked about stays as it was", () => {
    const { watched } = withNames([], ["A"])
    expect(withStates(watched, [], [])).toEqual({ watched, events: [] })
  })
})

describe("a card", () => {
  test.each([
    ["in the reader from the beginning", [seen(PRESENT, 3)], ["card-inserted ready"]],
    ["put in", [seen(EMPTY, 0), seen(PRESENT, 1)], ["card-inserted ready"]],
    ["taken out", [seen(PRESENT, 1), seen(EMPTY, 2)], ["card-inserted ready", "card-removed"]],
    [
      "changed for another between two looks",
      [seen(PRESENT, 1), seen(PRESENT, 3)],
      ["card-inserted ready", "card-removed", "card-inserted ready"],
    ],
    [
      "in and out between two looks",
      [seen(EMPTY, 4), seen(EMPTY, 6)],
      ["card-inserted ready", "card-removed"],
    ],
    [
      "changed while the count begins anew",
      [seen(PRESENT, 0xffff), seen(PRESENT, 1)],
      ["card-inserted ready", "card-removed", "card-inserted ready"],
    ],
    [
      "that stays, with another program at work on it",
      [seen(PRESENT, 1), seen(PRESENT | 0x100, 1)],
      ["card-inserted ready"],
    ],
    [
      "that another program takes for itself and lets go",
      [seen(PRESENT, 1), seen(PRESENT | EXCLUSIVE, 1), seen(PRESENT, 1)],
      ["card-inserted ready", "card-changed held", "card-changed ready"],
    ],
    ["put in the wrong way", [seen(EMPTY, 0), seen(PRESENT | MUTE, 1, "")], ["card-inserted mute"]],
    ["never there", [seen(EMPTY, 0), seen(EMPTY, 0)], []],
  ])("%s", (_, looks, said) => {
    expect(eventsOf(...looks)).toEqual(said)
  })

  test("that is held is told with the programs that may hold it, asked for once", () => {
    const before = withNames([], ["A"]).watched
    const held = [seen(PRESENT | EXCLUSIVE, 1)]
    expect(becameHeld(before, held)).toBe(true)
    const after = withStates(before, held, ["scdaemon"])
    expect(becameHeld(after.watched, held)).toBe(false)
    expect(withStates(after.watched, held, []).watched[0]?.card?.heldBy).toEqual(["scdaemon"])
    expect(becameHeld(before, [seen(PRESENT, 1), seen(EMPTY, 1)])).toBe(false)
  })

  test("that is taken is found out although nothing changed, and nothing else of such an answer counts", () => {
    const before = withStates(withNames([], ["A"]).watched, [seen(PRESENT, 5)], []).watched
    const taken = withStates(before, sharingOnly(before, [seen(PRESENT | EXCLUSIVE, 0, "")]), ["x"])
    expect(taken.events).toMatchObject([{ is: "card-changed", card: { state: "held", atr: "3b00" } }])
    for (const answer of [seen(0, 0, ""), seen(EMPTY, 9), seen(PRESENT, 5), seen(PRESENT | MUTE, 7)]) {
      expect(withStates(before, sharingOnly(before, [answer]), []).events).toEqual([])
    }
  })

  test("of a known kind is named, an unknown one is shown all the same", () => {
    expect(knownCard(UZI)).toBe("uzi")
    const step = withStates(withNames([], ["A"]).watched, [seen(PRESENT, 1, "3bfeff")], [])
    expect(step.events).toMatchObject([{ is: "card-inserted", card: { known: "unknown", atr: "3bfeff" } }])
  })
})

describe("whatever happens", () => {
  const look = fc.record({
    present: fc.boolean(),
    extra: fc.constantFrom(0, 0x100, EXCLUSIVE, MUTE),
    moved: fc.nat(3),
  })

  test("insertions and removals alternate, and what is said last is what is there", () => {
    fc.assert(
      fc.property(fc.array(look, { maxLength: 40 }), (looks) => {
        let count = 0
        const states = looks.map(({ present, extra, moved }) =>
          seen((present ? PRESENT : EMPTY) | extra, (count += moved)),
        )
        const said = eventsOf(...states).filter((event) => !event.startsWith("card-changed"))
        const kinds = said.map((event) => event.split(" ")[0])
        kinds.forEach((kind, i) => {
          expect(kind).toBe(i % 2 === 0 ? "card-inserted" : "card-removed")
        })
        expect(kinds.length % 2 === 1).toBe(looks.at(-1)?.present ?? false)
      }),
    )
  })

  test("a report keeps to what the desk accepts", () => {
    fc.assert(
      fc.property(look, fc.uint8Array({ maxLength: 36 }), ({ present, extra }, atr) => {
        const state = (present ? PRESENT : EMPTY) | extra
        const step = withStates(withNames([], ["A"]).watched, [{ name: "A", state, atr }], ["x"])
        expect(ReadersReport.safeParse(reportOf(NO_READERS_YET, step)).success).toBe(true)
      }),
    )
  })
})

describe("a service", () => {
  const { now } = reportOf(
    NO_READERS_YET,
    withStates(withNames([], ["A", "B"]).watched, [seen(PRESENT, 1)], []),
  )

  test("that runs is told once", () => {
    const step = withNames([], ["A"])
    expect(reportOf(NO_READERS_YET, step).events[0]).toEqual({ is: "service", service: "running" })
    expect(reportOf(now, step).events.some(({ is }) => is === "service")).toBe(false)
  })

  test("that stops takes every card and reader with it, and is told after them, once", () => {
    const lost = losing(now, "stopped")
    expect(lost.events).toEqual([
      { is: "card-removed", reader: "A" },
      { is: "reader-removed", reader: "A" },
      { is: "reader-removed", reader: "B" },
      { is: "service", service: "stopped" },
    ])
    expect(losing(lost.now, "stopped")).toEqual({ events: [], now: { service: "stopped", readers: [] } })
  })
})
