import { afterAll } from "vitest"
import type { LogLine } from "../../../src-backend/http/log.ts"
import type { Dossier } from "../../../src-backend/representation/dossier-register.ts"
import type { RepresentationParts } from "../../../src-backend/representation/representation.ts"
import type { RepresentationFile } from "../../../src-backend/representation/representation-config.ts"
import {
  startRepresentation,
  type RunningRepresentation,
} from "../../../src-backend/representation/start-representation.ts"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { temporaryDirectory } from "../../support/temporary-directory.ts"
import { openBrowser, type Browser } from "./browser.ts"
import { RIGHT_DATE, SUBSCRIBER, testConfig } from "./flow.ts"

/** An authorization server on a port of its own; its clock stands until a test moves it. */
export interface World extends RunningRepresentation {
  readonly directory: string
  readonly log: readonly LogLine[]
  readonly browser: () => Browser
  advance(milliseconds: number): void
  add(dossier: Partial<Dossier> & { readonly subject: string }): Promise<void>
  restart(): Promise<World>
}

export interface WorldOptions {
  readonly settings?: RepresentationFile["settings"]
  readonly parts?: Partial<RepresentationParts>
  /** Of the provider, as it stands on the passes of its clinicians. */
  readonly subscriberNumber?: string
}

const running: RunningRepresentation[] = []
afterAll(async () => {
  for (const server of running.splice(0)) await server.stop()
})

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const world = await worldIn(await temporaryDirectory(), options, { now: Date.now() }, 0)
  await world.add({ subject: "mother", representatives: ["anna"] })
  await world.add({ subject: "anna", birthDate: "19950412", representatives: [] })
  return world
}

async function worldIn(
  directory: string,
  options: WorldOptions,
  time: { now: number },
  port: number,
): Promise<World> {
  const log: LogLine[] = []
  const config = testConfig(options.settings, options.subscriberNumber)
  const server = await startRepresentation(directory, { host: "127.0.0.1", port }, config, {
    ...{ crypto: nodeCrypto, clock: () => time.now, log: (line) => log.push(line) },
    ...options.parts,
  })
  running.push(server)
  return {
    ...server,
    ...{ directory, log },
    browser: () => openBrowser(server.issuer),
    advance: (milliseconds) => {
      time.now += milliseconds
    },
    add: async (changes) => {
      const dossier = {
        reference: `D-${changes.subject}`,
        birthDate: RIGHT_DATE,
        representatives: ["anna"],
        services: ["48"],
        ...changes,
      }
      const { store } = server.server
      const added = await store.transaction(({ dossiers }) =>
        dossiers.add(options.subscriberNumber ?? SUBSCRIBER, dossier),
      )
      if (!added) throw new Error("there is such a dossier already")
    },
    restart: async () => {
      await server.stop()
      return worldIn(directory, options, time, Number(new URL(server.issuer).port))
    },
  }
}
