import { execFile } from "node:child_process"
import { randomBytes } from "node:crypto"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { readCrl, type RevocationList } from "../src-protocol/crl.ts"
import { buildCrl } from "../src-testkit/pki/crl.ts"
import type { TestPki } from "../src-testkit/pki/test-pki.ts"
import { benchPki } from "./support/bench-pki.ts"
import { cacheFolder } from "./support/paths.ts"
import { microseconds, remarksOn, type BenchOptions, type Part } from "./support/report.ts"
import { called, interleave, ratioOf, timeOf } from "./support/rounds.ts"

const run = promisify(execFile)
const MANY = 100_000
const FEW = 1_000
const READ = "100,000 entries read and indexed"
const PROCESS = "one process `openssl crl`"

/** (d) A list of 100,000 entries, read strictly and indexed, beside one process of openssl that reads it; look-ups in it. */
export async function readRevocationList(options: BenchOptions): Promise<Part> {
  const pki = await benchPki(Date.now())
  const many = await listOf(pki, MANY)
  const few = await listOf(pki, FEW)
  const file = join(await cacheFolder("lists"), "many.crl")
  await writeFile(file, many.der)
  const rounds = await interleave(
    [
      // Another array each time: the same one is read only once.
      called(READ, () => readCrl(Uint8Array.from(many.der))),
      called(PROCESS, () => run("openssl", ["crl", "-inform", "DER", "-in", file, "-noout"])),
      lookUps("a look-up in 100,000", readCrl(many.der), many.serials),
      lookUps("a look-up in 1,000", readCrl(few.der), few.serials),
    ],
    options,
  )
  return {
    letter: "d",
    title: "A revocation list of 100,000 entries",
    goals: [
      { name: `read and indexed, in times of ${PROCESS}`, found: ratioOf(rounds, READ, PROCESS), atMost: 1 },
      {
        name: "a look-up among 100,000, in times of one among 1,000",
        found: ratioOf(rounds, "a look-up in 100,000", "a look-up in 1,000"),
        atMost: 1.6,
      },
    ],
    context: [...rounds.times.keys()].map((name) => [name, microseconds(timeOf(rounds, name))] as const),
    remarks: [
      "constant is taken as: within 1.6 times, for what does not fit in the processor's cache is slower to reach",
      ...remarksOn(rounds),
    ],
  }
}

interface Made {
  readonly der: Uint8Array
  readonly serials: readonly string[]
}

async function listOf(pki: TestPki, count: number): Promise<Made> {
  const serials = Array.from({ length: count }, () => `4${randomBytes(15).toString("hex")}0`)
  const revokedAt = Date.now() - 86_400_000
  const entries = serials.map((serialNumber) => ({ serialNumber, revokedAt }))
  const der = await buildCrl({ number: 1, thisUpdate: Date.now(), entries }, pki.authorities.zorgverlener)
  return { der, serials }
}

/** Half of them find something. */
function lookUps(name: string, list: RevocationList, serials: readonly string[]) {
  const asked = serials.slice(0, 500).flatMap((serial) => [serial, `5${serial.slice(1)}`])
  let next = 0
  return called(name, () => list.revoked.get(asked[next++ % asked.length] ?? ""))
}
