import { existsSync } from "node:fs"
import { writeFile } from "node:fs/promises"
import { base64Of } from "../../src-protocol/bytes.ts"
import { printTrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import type { RunningBackend } from "../../src-backend/server.ts"
import { createCard } from "../../src-testkit/cards/create-card.ts"
import { listCards, type Card } from "../../src-testkit/cards/card-record.ts"
import { initPki } from "../../src-testkit/pki/init-pki.ts"
import { openPki, type TestPki } from "../../src-testkit/pki/test-pki.ts"
import type { Terminal } from "../terminal.ts"
import { startTestBackend } from "../test-backend.ts"
import type { TesterFiles } from "./tester-files.ts"

const HOLDER = "Anna de Vries"
const CYCLE_SECONDS = 60
/** A tester does not want to wait two hours for the phone to publish. */
const PUBLICATION_WAIT_SECONDS = 5

/** What stands behind the two windows. */
export interface TesterWorld {
  readonly pki: TestPki
  readonly cards: readonly Card[]
  readonly backend: RunningBackend
}

/** An authority, a card and a backend: made, or opened where an earlier run left them. */
export async function openTesterWorld(files: TesterFiles, terminal: Terminal): Promise<TesterWorld> {
  const at = terminal.now()
  const pki = existsSync(files.pki) ? await openPki(files.pki) : await initPki({ directory: files.pki, at })
  const known = existsSync(files.cards) ? await listCards(files.cards) : []
  const made = { pki, softhsmDirectory: files.cards, profile: "arts", name: HOLDER, at }
  const cards = known.length > 0 ? known : [await createCard(made)]
  const backend = await startTestBackend({
    ...{ directory: files.backend, pki, port: 0, cycleSeconds: CYCLE_SECONDS },
    clock: () => terminal.now(),
    log: () => undefined,
  })
  return { pki, cards, backend }
}

/** What the phone's window is told: see `src-phone-window/phone-file.ts`. */
export async function writePhoneFile(files: TesterFiles, { pki, backend }: TesterWorld): Promise<void> {
  const file = {
    backend: backend.origin,
    state: files.phoneState,
    trust: printTrustProfile(pki.trust),
    batchPublicKey: base64Of(backend.batchPublicKeySpki),
    language: "nl",
    publicationWaitSeconds: PUBLICATION_WAIT_SECONDS,
  }
  await writeFile(files.phoneFile, `${JSON.stringify(file, undefined, 2)}\n`)
}
