import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { request } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createCard } from "../../../src-testkit/cards/create-card.ts"
import type { TestPki } from "../../../src-testkit/pki/test-pki.ts"
import { ADDRESS, Evidence, FOLDERS, HOLDER, LOG_FILE, PIN, STATE_FILE, type Parties } from "./evidence.ts"
import { startParty, type Party } from "./party.ts"
import { filesIn, found } from "./search.ts"

export interface Walk {
  readonly evidence: Evidence
  /** Of a second disclosure, which was withdrawn: what the backend's files still hold of it. */
  readonly withdrawn: readonly string[]
  readonly reference: string
  readonly log: string
}

/** A whole journey, each party in a process of its own, a card in SoftHSM; each party is searched at three moments. */
export async function walkAndSearch(pki: TestPki): Promise<Walk> {
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-privacy-"))
  const started: Party[] = []
  try {
    const parties = await startParties(directory, pki, started)
    return await walk(directory, parties)
  } finally {
    for (const party of started) party.end()
    await rm(directory, { recursive: true, force: true })
  }
}

async function startParties(directory: string, pki: TestPki, started: Party[]): Promise<Parties> {
  const at = (...names: readonly string[]) => join(directory, ...names)
  const start = (...named: Parameters<typeof startParty>) => {
    const party = startParty(...named)
    started.push(party)
    return party
  }
  await writeFile(at("pin"), PIN)
  for (const folder of [FOLDERS.phone, FOLDERS.desk]) await mkdir(at(folder))
  const card = { pki, softhsmDirectory: at("cards"), profile: "arts", name: HOLDER } as const
  await createCard({ ...card, pin: PIN, at: Date.now() })
  const backend = start("backend", at(FOLDERS.backend), pki.directory, at(LOG_FILE))
  const origin = await backend.do("origin")
  await registerFrom(ADDRESS, origin)
  return {
    backend,
    phone: start("phone", at(FOLDERS.phone, STATE_FILE), pki.directory, origin),
    desk: start("desk", at(FOLDERS.desk), pki.directory, origin, at("cards"), at("pin")),
  }
}

async function walk(directory: string, parties: Parties): Promise<Walk> {
  const { backend, phone, desk } = parties
  const evidence = new Evidence(directory, parties)
  const digits = await phone.do("register")
  await desk.do("sign-in")
  await desk.do("look-up", digits)
  evidence.searchMemory("before signing", evidence.needles())

  for (const step of ["sign", "post"]) await desk.do(step)
  await phone.do("wait")
  await desk.do("follow")
  const needles = evidence.needles()
  evidence.searchMemory("before publication", needles)
  await evidence.searchFiles("before publication", needles)

  await phone.do("publish")
  await desk.do("sign-out")
  await nextBatch(backend)
  await evidence.searchHeaps("afterwards", needles)
  evidence.searchMemory("afterwards", needles)
  await evidence.searchFiles("afterwards", needles)

  await phone.do("register")
  const second = evidence.needles()
  await phone.do("withdraw")
  const withdrawn = found(second, filesIn(join(directory, FOLDERS.backend)))
  const log = await readFile(join(directory, LOG_FILE), "utf8")
  return { evidence, withdrawn, reference: digits.slice(0, 6), log }
}

/** A registration that comes from that address of this machine. */
async function registerFrom(localAddress: string, origin: string): Promise<void> {
  const json = { reference: "000001", hash: "0".repeat(64), pickupHash: "A".repeat(43) }
  const headers = { "content-type": "application/json" }
  const options = { method: "POST", localAddress, headers, agent: false } as const
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const asking = request(new URL("/v1/disclosures", origin), options, (response) => {
      response.resume().once("end", () => {
        resolve(response.statusCode)
      })
    })
    asking.once("error", reject)
    asking.end(JSON.stringify(json))
  })
  if (status !== 201) throw new RangeError(`registering answered ${String(status)}`)
}

/** Waits until a batch has been written that was not there yet. */
async function nextBatch(backend: Party): Promise<void> {
  const lastNow = async () => /"last":(\d+)/.exec(await backend.do("batches"))?.[1]
  const before = await lastNow()
  while ((await lastNow()) === before) await new Promise((resolve) => setTimeout(resolve, 50))
}
