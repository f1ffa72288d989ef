import { fork, type ChildProcess } from "node:child_process"
import { readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"

const Answer = z.union([
  z.strictObject({ id: z.int(), done: z.string() }),
  z.strictObject({ id: z.int(), failed: z.string() }),
])

/** A party of the journey in a process of its own, whose memory can be looked at. */
export interface Party {
  readonly pid: number
  /** Its children: of a desk, the process that holds the card. */
  children(): readonly number[]
  do(does: string, argument?: string): Promise<string>
  /** The V8 heap as a snapshot, after a collection. */
  heap(directory: string): Promise<Buffer>
  end(): void
}

export function startParty(name: "backend" | "phone" | "desk", ...options: readonly string[]): Party {
  const entry = join(import.meta.dirname, "..", "parties", `${name}-party.ts`)
  const child = fork(entry, options, {
    execArgv: ["--expose-gc"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  })
  const { pid } = child
  if (pid === undefined) throw new RangeError(`the ${name} did not start`)
  let asked = 0
  const ask = (does: string, argument = ""): Promise<string> => exchange(child, ++asked, does, argument)
  return {
    pid,
    children: () =>
      readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
        .split(" ")
        .filter((text) => text !== "")
        .map(Number),
    do: ask,
    async heap(directory) {
      const file = await ask("show-heap", join(directory, `${name}.heapsnapshot`))
      const heap = readFileSync(file)
      rmSync(file)
      return heap
    },
    end: () => {
      child.kill("SIGKILL")
    },
  }
}

function exchange(child: ChildProcess, id: number, does: string, argument: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const ended = () => {
      reject(new Error(`the party ended at ${does}`))
    }
    const listen = (message: unknown) => {
      const answer = Answer.parse(message)
      if (answer.id !== id) return
      child.off("message", listen).off("exit", ended)
      if ("done" in answer) resolve(answer.done)
      else reject(new Error(`${does}: ${answer.failed}`))
    }
    child.on("message", listen).once("exit", ended)
    child.send({ id, does, with: argument })
  })
}
