export const DATA = [
  "day key of the phone",
  "seed",
  "salt",
  "opaque",
  "code",
  "hash",
  "pickupKey",
  "package",
  "PIN",
  "name",
  "address",
] as const
export type Datum = (typeof DATA)[number]

export type Owner = "backend" | "phone" | "desk" | "card host"
export type Moment = "before signing" | "before publication" | "afterwards"
/** `memory`: all that the process can write to, byte for byte. `heap`: the texts that V8 still holds after a collection. */
export type Place = "memory" | "heap" | "files" | "log"

/** What is not there. */
export interface Absence {
  readonly moment: Moment
  readonly owner: Owner
  readonly place: Place
  readonly data: readonly Datum[]
}

const PHONES_OWN: readonly Datum[] = ["day key of the phone", "seed", "salt", "opaque"]

function all(...but: readonly Datum[]): readonly Datum[] {
  return DATA.filter((datum) => !but.includes(datum))
}

/**
 * What protocol.md says that a party never learns, is not in its memory at all; what a party has to forget, is not in its
 * files, its log and what its program still holds.
 */
export const ABSENCES: readonly Absence[] = [
  {
    moment: "before signing",
    owner: "backend",
    place: "memory",
    data: [...PHONES_OWN, "code", "pickupKey", "package", "PIN"],
  },
  { moment: "before signing", owner: "desk", place: "memory", data: [...PHONES_OWN, "pickupKey"] },
  {
    moment: "before signing",
    owner: "card host",
    place: "memory",
    data: [...PHONES_OWN, "code", "hash", "pickupKey"],
  },
  { moment: "before signing", owner: "phone", place: "memory", data: ["PIN", "name", "package"] },
  { moment: "before publication", owner: "backend", place: "memory", data: [...PHONES_OWN, "PIN"] },
  { moment: "before publication", owner: "backend", place: "files", data: all("hash") },
  { moment: "before publication", owner: "backend", place: "log", data: DATA },
  { moment: "before publication", owner: "desk", place: "memory", data: [...PHONES_OWN, "pickupKey"] },
  { moment: "before publication", owner: "desk", place: "files", data: DATA },
  {
    moment: "before publication",
    owner: "card host",
    place: "memory",
    data: [...PHONES_OWN, "code", "hash", "pickupKey"],
  },
  { moment: "before publication", owner: "phone", place: "memory", data: ["PIN"] },
  { moment: "afterwards", owner: "backend", place: "memory", data: ["day key of the phone", "PIN"] },
  { moment: "afterwards", owner: "phone", place: "memory", data: ["PIN"] },
  { moment: "afterwards", owner: "backend", place: "files", data: all("hash", "seed") },
  { moment: "afterwards", owner: "backend", place: "log", data: DATA },
  { moment: "afterwards", owner: "backend", place: "heap", data: all("hash") },
  { moment: "afterwards", owner: "desk", place: "memory", data: [...PHONES_OWN, "pickupKey"] },
  { moment: "afterwards", owner: "desk", place: "files", data: DATA },
  { moment: "afterwards", owner: "desk", place: "heap", data: DATA },
  {
    moment: "afterwards",
    owner: "card host",
    place: "memory",
    data: [...PHONES_OWN, "code", "hash", "pickupKey"],
  },
  { moment: "afterwards", owner: "phone", place: "files", data: DATA },
  { moment: "afterwards", owner: "phone", place: "heap", data: DATA },
]

/** The rows of the table in docs/privacy.md. */
export function tableOfAbsences(): readonly string[] {
  return ABSENCES.map(({ moment, owner, place, data }) => {
    const left = DATA.filter((datum) => !data.includes(datum))
    const said =
      left.length === 0
        ? "everything"
        : left.length < 4
          ? `everything but ${left.join(", ")}`
          : data.join(", ")
    return `| ${moment} | ${owner} | ${place} | ${said} |`
  })
}
