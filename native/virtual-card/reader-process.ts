import { chmodSync, rmSync } from "node:fs"
import { createServer, type Socket } from "node:net"
import { join } from "node:path"
import { parseRequest } from "./control-messages.ts"
import { objectOf, textField } from "./fields.ts"
import { receiveLines, sendLine } from "./json-lines.ts"
import { furnishNamespace, setLinkSpeed } from "./namespace.ts"
import { Pcscd, portOfSlot, SLOTS } from "./pcscd.ts"
import { ReaderError } from "./reader-error.ts"
import { ReaderServer } from "./reader-server.ts"
import { ReaderSlot } from "./reader-slot.ts"

/*
 * The first process of the reader's namespaces: it is process 1 there, and when it ends, for whatever reason, the kernel
 * ends all the others. It ends when its standard input does, which its owner holds open and nobody else.
 */

const setUp = objectOf(JSON.parse(process.argv[2] ?? "{}"), "the set-up of the reader")
const directory = textField(setUp, "directory")
const run = join(directory, "run")

/** A line for the owner: either all is ready, or what went wrong. */
function report(line: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

async function begin(): Promise<void> {
  const driver = furnish()
  const libraryPath = textField(setUp, "libraryPath")
  const pcscd = new Pcscd({ program: textField(setUp, "pcscd"), driver, libraryPath, directory, run })
  if (setUp["startPcscd"] !== false) await pcscd.start()
  const slots = Array.from({ length: SLOTS }, (_, slot) => new ReaderSlot(portOfSlot(slot)))
  const server = new ReaderServer(pcscd, slots, end)
  await listen(join(directory, "control"), server)
  report({ ready: true })
}

/** What a container may still refuse inside the namespaces that it allowed. */
function furnish(): string {
  try {
    const driver = furnishNamespace(directory, run, textField(setUp, "driver"))
    setLinkSpeed(setUp["speed"] === "slow" ? "slow" : "fast")
    return driver
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.trim() : String(cause)
    throw new ReaderError("not-possible-here", `private namespaces cannot be furnished here: ${said}`, {
      cause,
    })
  }
}

function listen(path: string, server: ReaderServer): Promise<void> {
  const listening = createServer((socket) => {
    socket.on("error", () => undefined)
    receiveLines(
      socket,
      (document) => void answer(socket, server, document),
      () => socket.destroy(),
    )
  })
  return new Promise((resolve, reject) => {
    listening.once("error", reject)
    listening.listen(path, () => {
      chmodSync(path, 0o600)
      resolve()
    })
  })
}

async function answer(socket: Socket, server: ReaderServer, document: unknown): Promise<void> {
  const id = typeof document === "object" && document !== null && "id" in document ? document.id : undefined
  try {
    const { request } = parseRequest(document)
    sendLine(socket, { id, result: await server.serve(request) })
  } catch (error) {
    sendLine(socket, { id, error: error instanceof Error ? error.message : String(error) })
  }
}

function end(): void {
  // An owner that was killed cannot tidy up after itself.
  rmSync(directory, { recursive: true, force: true })
  process.exit(0)
}

process.stdin.on("end", end).on("error", end).resume()
process.on("SIGTERM", end)
// The owner's terminal sends Ctrl-C to all; the owner decides what that means.
process.on("SIGINT", () => undefined)
begin().catch((error: unknown) => {
  const possible = !(error instanceof ReaderError && error.code === "not-possible-here")
  report({ failed: error instanceof Error ? error.message : String(error), possible })
  process.exit(1)
})
