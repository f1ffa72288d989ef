import type { Arena } from "./arena.ts"
import type { Happening } from "./race.ts"

/** What each call may be answered, whoever was quicker; anything else is a fault. */
const ALLOWED: Readonly<Record<Happening["what"], readonly number[]>> = {
  register: [201, 409],
  find: [200, 404],
  put: [200, 201, 404, 409, 410, 422],
  "pick-up": [200, 204, 404],
  receipt: [200, 404],
  withdraw: [200, 404],
  publish: [202, 422],
}

/** All that is wrong with how a race ended, as sentences; none where every promise was kept. */
export function faultsOf(arena: Arena, happened: readonly Happening[]): readonly string[] {
  return [
    ...happened
      .filter(({ what, status }) => !ALLOWED[what].includes(status))
      .map((one) => `answer: ${told(one)}`),
    ...arena.phones.flatMap((_, phone) => [
      ...signerFaults(happened, phone),
      ...packageFaults(happened, phone),
      ...publicationFaults(happened, phone),
    ]),
    ...queueFaults(arena, happened),
    ...databaseFaults(arena),
  ]
}

/** One signer at a time, and only that signer is told so again. */
function signerFaults(happened: readonly Happening[], phone: number): readonly string[] {
  const accepted = signersOf(happened, phone)
  const faults: string[] = []
  const returns = returnsOf(happened, phone)
  if (accepted.length > returns + 1)
    faults.push(`phone ${phone}: ${accepted.length} packages, ${returns} returns`)
  if (new Set(accepted).size < accepted.length)
    faults.push(`phone ${phone}: what it sent back was accepted again`)
  for (const one of happened)
    if (one.what === "put" && one.phone === phone && one.status === 200 && !accepted.includes(one.clinician))
      faults.push(`a repetition without a first: ${told(one)}`)
  for (const [index, one] of happened.entries())
    if (isStateOfAnother(happened, index)) faults.push(`another's state: ${told(one)}`)
  return faults
}

/** Once it is authorised, a look-up finds it for the one who signed it, and for nobody else. */
function isStateOfAnother(happened: readonly Happening[], index: number): boolean {
  const one = happened[index]
  if (one?.what !== "find" || one.status !== 200 || one.state === "registered") return false
  return signersOf(happened.slice(0, index), one.phone).at(-1) !== one.clinician
}

/** The phone gets the first package of each attempt, its own, byte for byte. */
function packageFaults(happened: readonly Happening[], phone: number): readonly string[] {
  return happened.flatMap((one, index) => {
    if (one.what !== "pick-up" || one.phone !== phone || one.status !== 200) return []
    const before = happened.slice(0, index)
    const first = signersOf(before, phone)[returnsOf(before, phone)]
    return one.clinician >= 0 && one.clinician === first ? [] : [`another package: ${told(one)}`]
  })
}

/** One seed at most, and none after the phone took it back or refused the package. */
function publicationFaults(happened: readonly Happening[], phone: number): readonly string[] {
  const about = happened.filter((one) => one.phone === phone)
  const published = about.findIndex(({ what, status }) => what === "publish" && status === 202)
  if (published < 0) return []
  const again = about.slice(published + 1).some(({ what, status }) => what === "publish" && status === 202)
  const before = about.slice(0, published)
  const { clinician = -1 } = about[published] ?? {}
  const isOver = before.some(
    (one) =>
      (one.what === "withdraw" && one.status === 200) ||
      (one.what === "receipt" &&
        one.clinician === clinician &&
        one.status === 200 &&
        one.state !== "confirmed"),
  )
  return [
    ...(again ? [`phone ${phone} published twice`] : []),
    ...(isOver ? [`phone ${phone} published what was taken back`] : []),
    ...(signersOf(before, phone).includes(clinician)
      ? []
      : [`phone ${phone} published what was not accepted`]),
  ]
}

/** The queue holds the seeds of those who were answered 202, and no other. */
function queueFaults(arena: Arena, happened: readonly Happening[]): readonly string[] {
  const published = new Set(
    happened.filter(({ what, status }) => what === "publish" && status === 202).map(({ phone }) => phone),
  )
  const queued = arena.rows("SELECT entry FROM publication_queue").length
  return queued === published.size ? [] : [`${queued} seeds are queued, ${published.size} were published`]
}

/** A package that is kept is one for the hash beside it. */
function databaseFaults(arena: Arena): readonly string[] {
  const rows = arena.rows("SELECT hash, package FROM disclosures WHERE package IS NOT NULL")
  return rows.flatMap(({ hash, package: kept }) => {
    const phone = arena.phones.findIndex((side) => side.hash === hash)
    const own = arena.clinicians.flatMap(({ packages }) => packages[phone] ?? [])
    const isOwn = kept instanceof Uint8Array && own.some((one) => Buffer.compare(one, kept) === 0)
    return isOwn ? [] : ["a package lies with another's hash"]
  })
}

function signersOf(happened: readonly Happening[], phone: number): readonly number[] {
  return happened
    .filter((one) => one.what === "put" && one.phone === phone && one.status === 201)
    .map(({ clinician }) => clinician)
}

function returnsOf(happened: readonly Happening[], phone: number): number {
  return happened.filter(
    (one) =>
      one.what === "receipt" && one.phone === phone && one.status === 200 && one.state === "registered",
  ).length
}

function told({ what, phone, clinician, status, state }: Happening): string {
  return `${what} phone ${phone} clinician ${clinician} → ${status} ${String(state)}`
}
