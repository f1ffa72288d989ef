import { cp, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect } from "@playwright/test"
import { findSofthsmModule } from "../../../native/softhsm/find-softhsm-module.ts"
import { softhsmConfigurationPath, writeSofthsmConfiguration } from "../../../native/softhsm/softhsm-home.ts"
import { startBackend, type RunningBackend } from "../../../src-backend/server.ts"
import { Settings } from "../../../src-backend/settings.ts"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { createPhone, type Phone } from "../../../src-phone/phone.ts"
import { fileStorage } from "../../../src-phone/state/file-storage.ts"
import { hexOf } from "../../../src-protocol/bytes.ts"
import { SECOND } from "../../../src-protocol/instant.ts"
import type { TrustProfile } from "../../../src-protocol/uzi/trust-profile.ts"
import type { Card } from "../../../src-testkit/cards/card-record.ts"
import { createCard } from "../../../src-testkit/cards/create-card.ts"
import { initPki } from "../../../src-testkit/pki/init-pki.ts"
import { refreshCrls } from "../../../src-testkit/pki/refresh-crls.ts"
import { revoke } from "../../../src-testkit/pki/revoke.ts"
import type { TestPki } from "../../../src-testkit/pki/test-pki.ts"
import { openGate, type Gate } from "./gate.ts"
import type { World } from "./world.ts"

/** A world whose way to the backend a test can close, with more than one card, and with settings of its own. */
export interface GatedWorld extends World {
  readonly gate: Gate
  /** In the order in which they were asked for; the first is `card`. */
  readonly cards: readonly Card[]
  /** What a desk needs to find these cards, and no others, in its readers. */
  only(...cards: readonly Card[]): Promise<Readonly<Record<string, string>>>
  /** A phone that believes somebody else than the world's authority. */
  takeForeignPhone(trust: TrustProfile): Phone
  /** Another backend in the place of the world's, with settings of its own, until it is stopped. */
  openBackend(settings: Partial<Settings>): Promise<Pick<World, "takePhone" | "stop">>
}

export interface CardAsked {
  readonly profile: string
  readonly name: string
}

export interface GatedWorldOptions {
  readonly cards: readonly CardAsked[]
  readonly settings?: Partial<Settings>
}

/** No text of six digits that can stand somewhere by chance: it is searched for. */
export const DISTINCT_PIN = "q7Zk3Wd9Xp2m"

const clock = (): number => Date.now()
const OFTEN = { cycleMilliseconds: 4 * SECOND, crlRefreshMilliseconds: SECOND }

export async function startGatedWorld({ cards: asked, settings }: GatedWorldOptions): Promise<GatedWorld> {
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-ui-"))
  const file = (...names: readonly string[]): string => join(directory, ...names)
  const pki = await initPki({ directory: file("pki"), at: clock() })
  const cards: Card[] = []
  for (const { profile, name } of asked)
    cards.push(
      await createCard({
        pki,
        softhsmDirectory: file(`card-${name}`),
        profile,
        name,
        pin: DISTINCT_PIN,
        at: clock(),
      }),
    )
  await refreshCrls(pki, clock())
  const gate = await openGate()
  const backend = await startBackendBehind(gate, pki, file("backend"), settings ?? {})
  const [card] = cards
  if (card === undefined) throw new RangeError("a world needs a card")
  const environmentFor = (home: string): Readonly<Record<string, string>> => ({
    SOFTHSM2_CONF: softhsmConfigurationPath(home),
    VRIJGAVE_BACKEND: gate.origin,
    VRIJGAVE_TRUST: join(pki.directory, "trust.json"),
    VRIJGAVE_MODULES: findSofthsmModule(),
  })
  let phones = 0
  const takePhone = (trust: TrustProfile, at: RunningBackend = backend): Phone =>
    createPhone({
      ...{ storage: fileStorage(file(`phone-${String(phones++)}.json`)), backend: at.origin, trust, clock },
      ...{ crypto: nodeCrypto, language: "nl", batchPublicKey: at.batchPublicKeySpki },
    })
  return {
    ...{ directory, pki, gate, card, cards, backend },
    environment: environmentFor(file(`card-${card.name}`)),
    async only(...wanted) {
      const home = await mkdtemp(file("reader-"))
      await writeSofthsmConfiguration(home)
      for (const { name } of wanted)
        await cp(file(`card-${name}`, "tokens"), join(home, "tokens"), { recursive: true })
      return environmentFor(home)
    },
    takePhone: () => takePhone(pki.trust),
    takeForeignPhone: (trust) => takePhone(trust),
    async openBackend(own) {
      const other = await startBackendBehind(gate, pki, await mkdtemp(file("backend-")), own)
      const stop = async (): Promise<void> => {
        gate.lead(backend.origin)
        await other.stop()
      }
      return { takePhone: () => takePhone(pki.trust, other), stop }
    },
    async stop() {
      await gate.stop()
      await backend.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function startBackendBehind(
  gate: Gate,
  pki: TestPki,
  directory: string,
  settings: Partial<Settings>,
): Promise<RunningBackend> {
  const here = { host: "127.0.0.1", port: 0 }
  const backend = await startBackend(
    {
      ...{ directory, listen: here, operator: here, origin: gate.origin },
      ...{ trust: pki.trust, authenticationTrust: pki.trust, trustedProxies: [] },
      crlSources: [{ file: join(pki.directory, "crls.pem") }],
      settings: Settings.parse({ ...OFTEN, ...settings }),
    },
    { crypto: nodeCrypto, clock, log: () => undefined },
  )
  gate.lead(backend.origin)
  return backend
}

/** Revokes a card, and waits until the backend hands out the list that says so. */
export async function revokeCard({ pki, backend }: GatedWorld, card: Card): Promise<void> {
  const list = new URL(`/v1/crls/${hexOf(pki.authorities.zorgverlener.keyIdentifier)}`, backend.origin)
  const read = async (): Promise<string> =>
    Buffer.from(await (await fetch(list)).arrayBuffer()).toString("hex")
  const before = await read()
  await revoke(pki, card.label, clock() - SECOND)
  await expect.poll(read, { timeout: 20_000 }).not.toBe(before)
}
