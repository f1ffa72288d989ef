import { setTimeout as pause } from "node:timers/promises"
import type { BatchEntry } from "../../src-protocol/batch.ts"
import { SECOND } from "../../src-protocol/instant.ts"
import { PhoneError } from "../../src-phone/phone-error.ts"
import type { Phone } from "../../src-phone/phone.ts"
import type { PublishedBatch } from "../../src-phone/steps/read-published-batch.ts"
import { CliError } from "../cli-error.ts"
import { CYCLE_SECONDS } from "./demo-world.ts"
import { isSameEntry } from "./peek-at-seed.ts"

const INTERVAL = SECOND / 2
const ATTEMPTS = (4 * CYCLE_SECONDS * SECOND) / INTERVAL

export interface FoundBatch {
  readonly batch: PublishedBatch
  /** Of the seed among the entries. */
  readonly place: number
}

/** Waits for the batch that holds `seed`, as long as some cycles take, and looks through each new one. */
export async function findBatch(phone: Phone, seed: BatchEntry): Promise<FoundBatch> {
  let seen = -1
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const last = await lastBatch(phone)
    for (let cycle = last?.cycle ?? seen; cycle > seen; cycle--) {
      const batch = await phone.readPublishedBatch(cycle)
      const place = batch.entries.findIndex((entry) => isSameEntry(entry, seed))
      if (place >= 0) return { batch, place }
    }
    seen = last?.cycle ?? seen
    await pause(INTERVAL)
  }
  const advice = "Look at the backend's log for what is the matter."
  throw new CliError("failed", `The seed is in none of the batches of the last cycles. ${advice}`)
}

async function lastBatch(phone: Phone): Promise<PublishedBatch | undefined> {
  try {
    return await phone.readPublishedBatch()
  } catch (error) {
    if (error instanceof PhoneError && error.code === "no-such-batch") return undefined
    throw error
  }
}
