import { afterAll } from "vitest"
import type { RunningBackend } from "../../src-backend/server.ts"
import { startTestBackend } from "../../src-cli/test-backend.ts"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"
import { temporaryDirectory } from "./temporary-directory.ts"

const running: RunningBackend[] = []

// Registered after that of `temporaryDirectory`, and hooks run last to first: backends stop before their files go.
afterAll(async () => {
  for (const backend of running.splice(0)) await backend.stop()
})

/** The real backend on a port of its own, with a short cycle; it stops when the test file is done. */
export async function testBackend(pki: TestPki, cycleSeconds = 1): Promise<RunningBackend> {
  const directory = await temporaryDirectory()
  const parts = { clock: () => Date.now(), log: () => undefined }
  const backend = await startTestBackend({ directory, pki, port: 0, cycleSeconds, ...parts })
  running.push(backend)
  return backend
}
