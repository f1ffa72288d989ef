import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { BatchEntry } from "../../../src-protocol/batch.ts"
import type { TestPki } from "../../../src-testkit/pki/test-pki.ts"
import { testPki } from "../../support/test-pki.ts"
import type { FaultParty } from "../fault-points.ts"
import type { FaultKind, FaultPlan } from "./boundary.ts"
import { openNetwork, type Network } from "./network.ts"
import { startParty, type Party, type PartyName } from "./party.ts"
import { readRecords, type Records } from "./records.ts"

/** A fault and whom it befalls. */
export interface Fault {
  readonly party: FaultParty
  readonly at: string
  readonly kind?: FaultKind
}

/** Directories and addresses of one journey, and the processes that walk it; all gone when `run` ends. */
export interface Scene {
  readonly pki: TestPki
  readonly network: Network
  readonly directory: string
  readonly backendDirectory: string
  readonly phoneFile: string
  readonly outbox: string
  /** The plan of a process that starts now. */
  planFor(party: Fault["party"]): FaultPlan
  /** Starts a process that ends with the scene. */
  start(party: PartyName, argument: object): Party
  /** Every point that a party reached, in order. */
  log(party: Fault["party"]): Promise<readonly string[]>
  records(seed: BatchEntry | undefined): Promise<Records>
}

/** `disk` is where the files of all parties are; a new temporary directory unless given, which then is not removed. */
export async function inScene<T>(
  fault: Fault | undefined,
  run: (scene: Scene) => Promise<T>,
  disk?: string,
): Promise<T> {
  const pki = await testPki()
  const directory = disk ?? (await mkdtemp(join(tmpdir(), "vrijgave-faults-")))
  const logs = await mkdtemp(join(tmpdir(), "vrijgave-fault-logs-"))
  const network = await openNetwork()
  const parties: Party[] = []
  try {
    return await run(sceneIn({ directory, logs }, pki, network, fault, parties))
  } finally {
    await Promise.all(parties.map((party) => party.kill()))
    await network.close()
    for (const made of disk === undefined ? [directory, logs] : [logs])
      await rm(made, { recursive: true, force: true })
  }
}

function sceneIn(
  { directory, logs }: { readonly directory: string; readonly logs: string },
  pki: TestPki,
  network: Network,
  fault: Fault | undefined,
  parties: Party[],
): Scene {
  const logOf = (party: string): string => join(logs, `${party.replace(" ", "-")}.log`)
  const planFor = (party: Fault["party"]): FaultPlan => {
    const log = logOf(party)
    return fault?.party === party ? { log, at: fault.at, kind: fault.kind ?? "kill" } : { log }
  }
  const backendDirectory = join(directory, "backend")
  return {
    pki,
    network,
    directory,
    backendDirectory,
    phoneFile: join(directory, "phone.json"),
    outbox: join(directory, "outbox"),
    planFor,
    start(party, argument) {
      const started = startParty(party, argument, planFor(party))
      parties.push(started)
      return started
    },
    async log(party) {
      const text = await readFile(logOf(party), "utf8").catch(() => "")
      return text.split("\n").filter((line) => line !== "")
    },
    records: (seed) => readRecords(backendDirectory, seed),
  }
}
