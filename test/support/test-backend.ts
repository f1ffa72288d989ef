import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"
import type { RunningBackend } from "../../src-backend/server.ts"
import { startTestBackend } from "../../src-cli/test-backend.ts"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"

/** The real backend on a port of its own, with a short cycle; it stops when the test file is done. */
export async function testBackend(pki: TestPki, cycleSeconds = 1): Promise<RunningBackend> {
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-backend-"))
  const parts = { clock: () => Date.now(), log: () => undefined }
  const backend = await startTestBackend({ directory, pki, port: 0, cycleSeconds, ...parts })
  afterAll(async () => {
    await backend.stop()
    await rm(directory, { recursive: true, force: true })
  })
  return backend
}
