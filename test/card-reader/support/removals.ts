import { setTimeout as pause } from "node:timers/promises"
import type { PrivateReader } from "../../../native/virtual-card/private-reader.ts"
import type { CardHost } from "../../../src-main/card/host/card-host.ts"
import type { VirtualTestCard } from "../../../src-testkit/cards/create-virtual-card.ts"
import { problemOf, readChip, signWith } from "./signing-chip.ts"

export interface RemovalsReport {
  /** How often each outcome came. */
  readonly outcomes: Readonly<Record<string, number>>
  readonly longestMilliseconds: number
}

/** Which command of a signature the card is pulled out at, as a round-about way to all of them. */
const COMMANDS_OF_A_SIGNATURE = 60

/**
 * Signs so often in a row, and pulls the card out at an arbitrary command of each `every`th signature; then it is put
 * back. Every signature that comes is checked; none is asked for twice.
 */
export async function signWithRemovals(
  reader: PrivateReader,
  host: CardHost,
  chip: VirtualTestCard,
  { signatures, every }: { readonly signatures: number; readonly every: number },
): Promise<RemovalsReport> {
  const card = await readChip(host, chip)
  const outcomes: Record<string, number> = {}
  let longestMilliseconds = 0
  for (let i = 0; i < signatures; i += 1) {
    const removing = i % every === every - 1
    const index = 1 + Math.floor(Math.random() * COMMANDS_OF_A_SIGNATURE)
    if (removing) await reader.setFaults([{ when: { index }, then: { is: "removal", afterMilliseconds: 5 } }])
    const began = performance.now()
    const outcome = problemOf(await signWith(host, card, { text: `signature ${String(i)}` }))
    longestMilliseconds = Math.max(longestMilliseconds, performance.now() - began)
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
    if (removing) await putBack(reader, chip)
    else if (outcome !== "signed") throw new RangeError(`signature ${String(i)}, undisturbed: ${outcome}`)
  }
  return { outcomes, longestMilliseconds }
}

async function putBack(reader: PrivateReader, chip: VirtualTestCard): Promise<void> {
  await reader.setFaults([])
  await reader.remove()
  await pause(450)
  await reader.insert(chip.image)
}
