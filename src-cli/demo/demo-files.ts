import { mkdir, mkdtemp, readdir } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { CliError } from "../cli-error.ts"

/** What the demonstration leaves behind, and where. */
export interface DemoFiles {
  readonly directory: string
  readonly pki: string
  readonly cards: string
  readonly backend: string
  readonly phoneState: string
  readonly authorisation: string
  readonly crls: string
  readonly statement: string
  readonly batch: string
}

/** A new directory, or the one named, which must be empty or not there. Throws a usage error before anything is written. */
export async function prepareFiles(named: string | undefined): Promise<DemoFiles> {
  const directory =
    named === undefined ? await mkdtemp(join(tmpdir(), "vrijgave-demo-")) : await emptyDirectory(named)
  const file = (name: string) => join(directory, name)
  return {
    directory,
    pki: file("pki"),
    cards: file("cards"),
    backend: file("backend"),
    phoneState: file("phone.json"),
    authorisation: file("authorisation.p7m"),
    crls: file("crls.pem"),
    statement: file("statement.txt"),
    batch: file("batch.bin"),
  }
}

async function emptyDirectory(named: string): Promise<string> {
  const directory = resolve(named)
  await mkdir(directory, { recursive: true })
  const found = await readdir(directory)
  if (found.length === 0) return directory
  throw new CliError(
    "usage",
    `--dir ${named}: it is not empty; name another directory, or empty this one first`,
  )
}
