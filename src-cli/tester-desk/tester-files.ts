import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"

/** Where the tester's world lives, and what becomes of it afterwards. */
export interface TesterFiles {
  readonly directory: string
  readonly pki: string
  readonly cards: string
  readonly backend: string
  readonly deskConfig: string
  /** What the desk's window keeps: Chromium's profile, outbox, settings. */
  readonly desk: string
  readonly phoneFile: string
  readonly phoneState: string
  readonly phone: string
  readonly screenshot: string
  /** Removes a temporary directory; one that was named stays. */
  remove(): Promise<void>
}

/** A named directory is gone on with where it was left; without one a new temporary one is made. */
export async function testerFiles(named: string | undefined): Promise<TesterFiles> {
  const directory = named === undefined ? await mkdtemp(join(tmpdir(), "vrijgave-tester-")) : resolve(named)
  await mkdir(directory, { recursive: true })
  const file = (name: string): string => join(directory, name)
  return {
    directory,
    pki: file("pki"),
    cards: file("cards"),
    backend: file("backend"),
    deskConfig: file("desk.json"),
    desk: file("desk"),
    phoneFile: file("phone.json"),
    phoneState: file("phone-state.json"),
    phone: file("phone"),
    screenshot: file("screen.png"),
    remove: async () => {
      if (named === undefined) await rm(directory, { recursive: true, force: true })
    },
  }
}
