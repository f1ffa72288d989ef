import { describe, expect, test } from "vitest"
import { makeChip, openReader, readerOf } from "../card-reader/support/open-reader.ts"
import { entriesRunning, openHandles } from "../card-reader/support/processes.ts"
import { signWithRemovals } from "../card-reader/support/removals.ts"
import { chipHost } from "../card-reader/support/signing-chip.ts"
import { watchReaders } from "../card-reader/support/watched-readers.ts"

const HOUR = 3_600_000
const CYCLES = 1_000

const found = await openReader()
const reader = () => readerOf(found)

describe.skipIf("missing" in found)("a card in a reader, for long", () => {
  test(
    "signs a thousand times, two hundred of them pulled out in the middle: none wrong, none hanging",
    { timeout: HOUR },
    async () => {
      const chip = await makeChip("arts")
      const host = chipHost(reader())
      await reader().insert(chip.image)
      const report = await signWithRemovals(reader(), host, chip, { signatures: 1_000, every: 5 })
      host.stop()
      await reader().remove()
      console.log(JSON.stringify(report))
      expect(report.outcomes).not.toHaveProperty("signed wrongly")
      // Nobody is told of another card where his own was pulled out.
      expect(report.outcomes).not.toHaveProperty("WRONG_CERTIFICATE")
      expect(report.outcomes["signed"]).toBeGreaterThanOrEqual(800)
      expect(report.longestMilliseconds).toBeLessThan(5_000)
    },
  )

  test(
    "is seen each of a thousand times that it comes and goes, and leaves no handle behind",
    { timeout: HOUR },
    async () => {
      const chip = await makeChip("arts-p256")
      const { next, heard, watcher } = watchReaders(reader())
      await next("running")
      const [pid = 0] = await entriesRunning("watcher-process")
      let handles = 0
      const delays: number[] = []
      for (let i = 0; i < CYCLES; i += 1) {
        const { at: inserted } = await reader().insert(chip.image)
        delays.push((await next("card-inserted")).at - inserted)
        const { at: removed } = await reader().remove()
        delays.push((await next("card-removed")).at - removed)
        if (i === 2) handles = await openHandles(pid)
      }
      expect(heard.filter(({ event }) => event.is.startsWith("card-"))).toHaveLength(2 * CYCLES)
      expect(await openHandles(pid)).toBe(handles)
      const [middle = Number.NaN] = [...delays].sort((a, b) => a - b).slice(CYCLES)
      expect(middle).toBeLessThan(500)
      watcher.stop()
    },
  )
})
