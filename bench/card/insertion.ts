import { setTimeout as pause } from "node:timers/promises"
import type { PrivateReader } from "../../native/virtual-card/private-reader.ts"
import type { VirtualTestCard } from "../../src-testkit/cards/create-virtual-card.ts"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"
import { median } from "../support/rounds.ts"
import { monotonicMilliseconds, openCardSide } from "./open-reader.ts"
import type { Finding } from "./report.ts"

/** From the card going in to "it is being read" and to its holder on the screen; from the PC/SC event on, and in all. */
export async function insertion(
  reader: PrivateReader,
  pki: TestPki,
  { image }: VirtualTestCard,
  { rounds, link }: { readonly rounds: number; readonly link: "fast" | "slow" },
): Promise<readonly Finding[]> {
  const side = openCardSide(reader, pki)
  await side.until(({ knowsCards }) => knowsCards)
  const [seen, shown, whole]: [number[], number[], number[]] = [[], [], []]
  // The first time is a warm-up: the card's process starts with it.
  for (let i = 0; i <= rounds; i += 1) {
    const reading = side.until(({ reading: { length } }) => length > 0).then(monotonicMilliseconds)
    const holder = side
      .until(({ cards }) => cards.some((card) => card.holder !== undefined))
      .then(monotonicMilliseconds)
    const { at } = await reader.insert(image)
    const [readingAt, holderAt] = await Promise.all([reading, holder])
    if (i > 0) {
      seen.push(readingAt - at)
      shown.push(holderAt - readingAt)
      whole.push(holderAt - at)
    }
    await reader.remove()
    await side.until(({ cards }) => cards.length === 0)
    await pause(450)
  }
  side.stop()
  const goal = (name: string, found: number, atMost: number): Finding => ({ name, found, atMost, unit: "ms" })
  return link === "fast"
    ? [
        goal("holder shown after the PC/SC event, median", median(shown), 60),
        goal("holder shown after the card went in, median", median(whole), 700),
        { name: "card seen after it went in, median", found: median(seen), unit: "ms" },
      ]
    : [
        goal('slow link: "reading the card" shown after it went in, median', median(seen), 700),
        { name: "slow link: holder shown after the PC/SC event, median", found: median(shown), unit: "ms" },
        { name: "slow link: holder shown after the card went in, median", found: median(whole), unit: "ms" },
      ]
}
