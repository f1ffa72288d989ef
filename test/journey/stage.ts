import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { BatchEntry } from "../../src-protocol/batch.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { findBatch, type FoundBatch } from "../../src-cli/demo/find-batch.ts"
import { peekAtSeed } from "../../src-cli/demo/peek-at-seed.ts"
import { createPhone } from "../../src-phone/phone.ts"
import { fileStorage } from "../../src-phone/state/file-storage.ts"
import { temporaryDirectory } from "../support/temporary-directory.ts"
import { testBackend } from "../support/test-backend.ts"
import type { Stage } from "../support/test-card.ts"
import { testPki } from "../support/test-pki.ts"

/** A stage with nothing on it yet; `prepare` may revoke cards before the backend reads the lists. */
export async function openStage(
  prepare: (stage: Pick<Stage, "pki" | "directory">) => Promise<void>,
): Promise<Stage> {
  const pki = await testPki()
  const directory = await temporaryDirectory()
  await prepare({ pki, directory })
  return { pki, directory, backend: await testBackend(pki) }
}

/** The seed that the phone with this state is about to publish. */
export async function seedOf({ directory }: Stage, state: string): Promise<BatchEntry> {
  return await peekAtSeed(join(directory, state))
}

/** What is in the phone's file, as text. */
export async function stateText({ directory }: Stage, state: string): Promise<string> {
  return await readFile(join(directory, state), "utf8")
}

/** The published batch with this seed, its signature checked by another phone. */
export async function batchWith({ pki, backend, directory }: Stage, seed: BatchEntry): Promise<FoundBatch> {
  const other = createPhone({
    ...{
      storage: fileStorage(join(directory, "other-phone.json")),
      backend: backend.origin,
      trust: pki.trust,
    },
    ...{
      crypto: nodeCrypto,
      clock: () => Date.now(),
      language: "en",
      batchPublicKey: backend.batchPublicKeySpki,
    },
  })
  return await findBatch(other, seed)
}
