import { createHash } from "node:crypto"
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"
import { MINUTE } from "../../src-protocol/instant.ts"
import { initPki } from "../../src-testkit/pki/init-pki.ts"
import { hasRecord } from "../../src-testkit/pki/issue-record.ts"
import { refreshCrls } from "../../src-testkit/pki/refresh-crls.ts"
import { openPki, type TestPki } from "../../src-testkit/pki/test-pki.ts"

const CACHE = join(import.meta.dirname, "../../node_modules/.cache/vrijgave-test-pki")
const SOURCES = join(import.meta.dirname, "../../src-testkit/pki")

let shared: Promise<TestPki> | undefined

/**
 * A test hierarchy for this test file alone (RSA-2048 authorities, CRLs of a minute ago): a copy, in a temporary
 * directory that goes when the file is done, of one that is made once a day and whenever its sources change.
 */
export function testPki(): Promise<TestPki> {
  shared ??= copyForThisFile()
  return shared
}

afterAll(async () => {
  if (shared !== undefined) await rm((await shared).directory, { recursive: true, force: true })
})

async function copyForThisFile(): Promise<TestPki> {
  const made = await hierarchyOfTheDay()
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-test-pki-"))
  await cp(made, directory, { recursive: true })
  const pki = await openPki(directory)
  await refreshCrls(pki, Date.now() - MINUTE)
  return pki
}

async function hierarchyOfTheDay(): Promise<string> {
  const day = new Date().toISOString().slice(0, 10)
  const directory = join(CACHE, `${day}-${await hashOfSources()}`)
  if (!(await hasRecord(directory))) await makeHierarchy(directory)
  return directory
}

/** Made aside and moved into place whole: several test files may come here at once, and the first one there wins. */
async function makeHierarchy(directory: string): Promise<void> {
  await mkdir(CACHE, { recursive: true })
  const aside = await mkdtemp(join(CACHE, "making-"))
  await initPki({ directory: aside, at: Date.now(), caKeyBits: 2048 })
  try {
    await rename(aside, directory)
  } catch (error) {
    await rm(aside, { recursive: true, force: true })
    if (!(await hasRecord(directory))) throw error
  }
}

async function hashOfSources(): Promise<string> {
  const hash = createHash("sha256")
  const files = (await readdir(SOURCES)).sort()
  for (const file of files) hash.update(file).update(await readFile(join(SOURCES, file)))
  return hash.digest("hex").slice(0, 16)
}
