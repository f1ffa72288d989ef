import { fork, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import { diskFolder, type Signed } from "./bench-backend.ts"
import { Connection } from "./load.ts"
import { countAsOurs } from "./other-load.ts"

export interface Registered {
  readonly reference: string
  readonly hash: string
}

export interface ServerOptions {
  readonly kind: "product" | "logged" | "bare"
  readonly pki: string
  readonly clinician: Signed
  readonly disclosures: readonly Registered[]
}

/** A server in a process of its own, with connections to it. */
export interface Server {
  readonly bearer: string
  readonly connections: readonly Connection[]
  /** After a collection of garbage. */
  usage(): Promise<Usage>
  /** What its process has used of the processors, all its threads together, in microseconds. */
  readonly processor: () => Promise<number>
}

const Ready = z.object({ port: z.int(), bearer: z.string() })
const Usage = z.object({ processorMicroseconds: z.number(), heap: z.number(), resident: z.number() })
export type Usage = z.infer<typeof Usage>

const ENTRY = join(import.meta.dirname, "bench-server.ts")

/** Runs with a server, which is gone afterwards, its folder too. */
export async function withServer<T>(
  options: ServerOptions,
  connections: number,
  run: (server: Server) => Promise<T>,
): Promise<T> {
  const directory = await diskFolder()
  const child = fork(ENTRY, { execArgv: ["--expose-gc"] })
  const forget = countAsOurs(child.pid)
  const gone = once(child, "exit")
  try {
    child.send({ ...options, directory })
    const { port, bearer } = Ready.parse(await answerOf(child, gone))
    const opened = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)))
    try {
      const ask = async (what: "usage" | "processor") => {
        child.send(what)
        return Usage.parse(await answerOf(child, gone))
      }
      const usage = () => ask("usage")
      const processor = async () => (await ask("processor")).processorMicroseconds
      return await run({ bearer, connections: opened, usage, processor })
    } finally {
      for (const connection of opened) connection.close()
    }
  } finally {
    child.kill()
    await gone
    forget()
    await rm(directory, { recursive: true, force: true })
  }
}

async function answerOf(child: ChildProcess, gone: Promise<unknown>): Promise<unknown> {
  const ended = gone.then((): never => {
    throw new Error("the server's process has ended")
  })
  const answer = new Promise<unknown>((resolve) => child.once("message", resolve))
  return await Promise.race([answer, ended])
}
