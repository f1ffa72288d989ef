import { existsSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import type { FastifyInstance } from "fastify"
import { createApp } from "../../../src-backend/app.ts"
import { openBackend, type Backend } from "../../../src-backend/backend.ts"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { SECOND, type Instant } from "../../../src-protocol/instant.ts"
import type { SoftCard } from "../../../src-testkit/cards/soft-signer.ts"
import { readCrls, type TestPki } from "../../../src-testkit/pki/test-pki.ts"
import { authorise, drawDisclosure, signIn, type PhoneSide } from "../../backend/support/actors.ts"
import { configIn, type World } from "../../backend/support/world.ts"
import { Turns } from "./turns.ts"

/** Lives so short that a turn of the clock ends them, and budgets that no race spends. */
const SETTINGS = {
  registeredMilliseconds: 2 * SECOND,
  lookedUpMilliseconds: 1 * SECOND,
  longestRegisteredMilliseconds: 4 * SECOND,
  authorisedMilliseconds: 2 * SECOND,
  endedKeptMilliseconds: 1 * SECOND,
  callsPerAddressPerMinute: 10_000_000,
  registrationsPerIpv4PerHour: 10_000_000,
  lookUpsPerClinicianPerHour: 10_000_000,
  attemptsPerClinicianPerHour: 10_000_000,
  authorisationsPerClinicianPerDay: 10_000_000,
}

/** A clinician with a session, and the packages that the card makes for either phone. */
export interface Clinician {
  readonly session: string
  readonly packages: readonly Uint8Array[]
}

/** One backend, two clinicians, and two phones that drew the same six digits. */
export interface Arena {
  /** For the actors alone: what moves time or restarts throws. */
  readonly world: World
  readonly turns: Turns
  readonly phones: readonly PhoneSide[]
  readonly clinicians: readonly Clinician[]
  advance(milliseconds: number): void
  /** Every disclosure and what came of it is gone, and the clock stands where it stood. */
  clear(): void
  /** The rows of a query on the database itself. */
  rows(query: string): readonly Readonly<Record<string, unknown>>[]
  close(): Promise<void>
}

/** The real backend on a SQLite file in memory where there is one; each of its transactions is a turn. */
export async function openArena(pki: TestPki, cards: readonly SoftCard[]): Promise<Arena> {
  const memory = "/dev/shm"
  const directory = await mkdtemp(join(existsSync(memory) ? memory : tmpdir(), "vrijgave-arena-"))
  const start = Date.now()
  const time = { now: start }
  const backend = await openBackend(
    { ...configIn(directory, pki), settings: { ...configIn(directory, pki).settings, ...SETTINGS } },
    { crypto: nodeCrypto, clock: () => time.now, log: () => undefined },
  )
  for (const crl of await readCrls(pki)) await backend.crls.offer(crl)
  const turns = new Turns()
  const world = worldOf(pki, directory, backend, turns, () => time.now)
  const database = new DatabaseSync(join(directory, "backend.sqlite"))
  const phones = await twoPhones(world)
  return {
    ...{ world, turns, phones },
    clinicians: await Promise.all(cards.map((card) => clinicianOf(world, card, phones))),
    advance: (milliseconds) => {
      time.now += milliseconds
    },
    clear: () => {
      time.now = start
      for (const table of TABLES) database.exec(`DELETE FROM ${table}`)
    },
    rows: (query) => database.prepare(query).all(),
    close: async () => {
      database.close()
      await world.app.close()
      await backend.store.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

const TABLES = ["refusal_notices", "disclosures", "accepted", "withdrawn_packages", "publication_queue"]

function worldOf(pki: TestPki, directory: string, backend: Backend, turns: Turns, now: () => Instant): World {
  const store: Backend["store"] = {
    ...backend.store,
    transaction: async (work) => {
      await turns.gate()
      return backend.store.transaction(work)
    },
  }
  const app: FastifyInstance = createApp({ ...backend, store })
  const unused = (): never => {
    throw new TypeError("not in an arena")
  }
  return {
    ...{ backend, app, operator: app, pki, directory, log: [], now },
    ...{ advance: unused, freshCrls: unused, restart: unused, close: unused },
  }
}

async function twoPhones(world: World): Promise<readonly PhoneSide[]> {
  const reference = "424242"
  return Promise.all(
    ["1111", "2222"].map((confirmation) => drawDisclosure(world, { code: { reference, confirmation } })),
  )
}

async function clinicianOf(world: World, card: SoftCard, phones: readonly PhoneSide[]): Promise<Clinician> {
  return {
    session: await signIn(world, card),
    packages: await Promise.all(phones.map((phone) => authorise(world, card, phone))),
  }
}
