import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { setTimeout as pause } from "node:timers/promises"
import { connectToReader, type ControlClient } from "./control-client.ts"
import type { LinkSpeed } from "./control-messages.ts"
import { makeReaderFilesAvailable, type ReaderFiles } from "./debian-packages.ts"
import { objectOf } from "./fields.ts"
import { withSystemPrograms } from "./namespace.ts"
import { controlsOf, type ReaderControls } from "./reader-controls.ts"
import { ReaderError } from "./reader-error.ts"
import { describeReader, type ClientEnvironment } from "./reader-description.ts"
import { controlSocketOf, makeReaderDirectory } from "./reader-directory.ts"

export interface PrivateReaderOptions {
  /** Made, for this user alone; a temporary one unless given. It is removed with the reader. */
  readonly directory?: string
  /** "fast" unless given. */
  readonly speed?: LinkSpeed
  /** Whether pcscd runs from the beginning; it does unless told otherwise. */
  readonly startPcscd?: boolean
  /** What to make it of; found or fetched unless given. */
  readonly files?: ReaderFiles
}

/** A reader with two slots, `Virtual PCD 00 00` and `Virtual PCD 00 01`, in a real pcscd that nobody else sees. */
export interface PrivateReader extends ReaderControls {
  readonly directory: string
  /** Where `connectToReader` finds it. */
  readonly controlSocket: string
  /** For every program that is to see the cards: PCSCLITE_CSOCK_NAME and more. */
  readonly environment: ClientEnvironment
  readonly openscModule: string
  /** The process that holds all the others; to end it is to end them. */
  readonly pid: number
  /** The path of one of OpenSC's programs, such as "pkcs11-tool". */
  program(name: string): string
  /** Ends all processes of the reader and removes its directory; may be called twice. */
  stop(): Promise<void>
}

const READER_PROCESS = join(import.meta.dirname, "reader-process.ts")
const STOP_WITHIN_MILLISECONDS = 5_000

/**
 * Starts a reader in namespaces of its own: nothing listens on this machine's network, and neither a system pcscd nor
 * another such reader is touched. It ends with this process, also when that is killed.
 * Throws ReaderError: `not-possible-here`, `packages-missing`, `pcscd-failed`.
 */
export async function startPrivateReader(options: PrivateReaderOptions = {}): Promise<PrivateReader> {
  if (process.platform !== "linux")
    throw new ReaderError("not-possible-here", "the virtual reader needs the namespaces of Linux")
  const files = options.files ?? (await makeReaderFilesAvailable())
  const directory = await makeReaderDirectory(options.directory)
  try {
    const child = await startProcess(directory, files, options)
    const client = await connectToReader(controlSocketOf(directory))
    const { environment } = await describeReader(directory, files)
    return readerOn({ child, client, directory, files, environment })
  } catch (error) {
    await rm(directory, { recursive: true, force: true })
    throw error
  }
}

/** The reader, or in one sentence why there is none here: for what can do without. */
export async function startPrivateReaderIfPossible(
  options: PrivateReaderOptions = {},
): Promise<{ readonly reader: PrivateReader } | { readonly missing: string }> {
  try {
    return { reader: await startPrivateReader(options) }
  } catch (error) {
    if (error instanceof ReaderError && error.code !== "pcscd-failed") return { missing: error.message }
    throw error
  }
}

async function startProcess(
  directory: string,
  files: ReaderFiles,
  { speed = "fast", startPcscd = true }: PrivateReaderOptions,
): Promise<ChildProcess> {
  const asUser = process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"]
  const namespaces = ["--net", "--mount", "--pid", "--fork", "--kill-child"]
  const { pcscd, driver, libraryPath } = files
  const setUp = JSON.stringify({ directory, pcscd, driver, libraryPath, speed, startPcscd })
  const command = [...asUser, ...namespaces, "--", process.execPath, "--no-warnings", READER_PROCESS, setUp]
  const child = spawn("unshare", command, { stdio: ["pipe", "pipe", "pipe"], env: withoutHooks() })
  await untilReady(child)
  return child
}

/** A test runner's or debugger's options for Node are not for the reader. */
function withoutHooks(): NodeJS.ProcessEnv {
  return { ...withSystemPrograms(), NODE_OPTIONS: "", VITEST: "" }
}

async function untilReady(child: ChildProcess): Promise<void> {
  let complaints = ""
  child.stderr?.on("data", (text) => (complaints += String(text)))
  const lines = createInterface({ input: child.stdout ?? process.stdin })
  const said = new Promise<string>((resolve) => {
    lines.once("line", resolve)
    // "close", not "exit" nor the end of one stream: what was said on the other may come later.
    child.once("close", () => {
      resolve("{}")
    })
    child.once("error", (error) => {
      complaints += error.message
      resolve("{}")
    })
  })
  const report = objectOf(JSON.parse(await said), "the reader's report")
  if (report["ready"] === true) return
  child.kill("SIGKILL")
  if (typeof report["failed"] === "string")
    throw new ReaderError(
      report["possible"] === false ? "not-possible-here" : "pcscd-failed",
      report["failed"],
    )
  throw new ReaderError(
    "not-possible-here",
    `private namespaces are not to be had here: ${complaints.trim()}`,
  )
}

interface Running {
  readonly child: ChildProcess
  readonly client: ControlClient
  readonly directory: string
  readonly files: ReaderFiles
  readonly environment: ClientEnvironment
}

function readerOn(running: Running): PrivateReader {
  const { child, client, directory, files, environment } = running
  return {
    directory,
    environment,
    controlSocket: controlSocketOf(directory),
    openscModule: files.openscModule,
    pid: child.pid ?? 0,
    program: (name) => join(files.programs, name),
    stop: () => stop(running),
    ...controlsOf(client),
  }
}

async function stop({ child, client, directory }: Running): Promise<void> {
  client.close()
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, "exit")
    child.stdin?.end()
    const patience = pause(STOP_WITHIN_MILLISECONDS, undefined, { ref: false })
    await Promise.race([gone, patience.then(() => child.kill("SIGKILL"))])
    await gone
  }
  await rm(directory, { recursive: true, force: true })
}
