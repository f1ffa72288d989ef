import { fork, type ChildProcess } from "node:child_process"
import { join } from "node:path"
import { StepAnswer } from "../parties/serve-steps.ts"
import { PLAN_VARIABLE, type FaultPlan } from "./boundary.ts"

/** A step that failed in a party's process, or with it. */
export class PartyError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = "PartyError"
    this.code = code
  }
}

/** A party of the journey in a process of its own. */
export interface Party {
  /** Does one step; throws PartyError, with `ended` where the process ended first. */
  ask(step: string, input?: unknown): Promise<unknown>
  /** Fulfils with the signal or exit code by which the process ended. */
  readonly ended: Promise<string>
  isAlive(): boolean
  kill(): Promise<void>
}

/** Processes are started by the hundred: what one has compiled, the next one finds. */
export const COMPILE_CACHE = {
  NODE_COMPILE_CACHE: join(import.meta.dirname, "../../../node_modules/.cache/vrijgave-compiled"),
}

export type PartyName = "backend" | "phone" | "desk"

/** Starts the real modules of a party, with a fault planned or none. */
export function startParty(name: PartyName, argument: object, plan: FaultPlan): Party {
  const entry = new URL(`../parties/${name}.ts`, import.meta.url)
  const child = fork(entry, [JSON.stringify(argument)], {
    execArgv: ["--disable-warning=ExperimentalWarning"],
    env: { ...process.env, [PLAN_VARIABLE]: JSON.stringify(plan), ...COMPILE_CACHE },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  })
  return partyOf(child)
}

function partyOf(child: ChildProcess): Party {
  const waiting = new Map<number, (answer: StepAnswer | PartyError) => void>()
  let last = 0
  let alive = true
  const ended = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => {
      alive = false
      resolve(signal ?? String(code))
      for (const settle of waiting.values()) settle(new PartyError("ended", "the process ended"))
    })
  })
  child.on("message", (message) => {
    const answer = StepAnswer.parse(message)
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })
  const ask = (step: string, input?: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (!alive) {
        reject(new PartyError("ended", "the process had ended"))
        return
      }
      const id = ++last
      waiting.set(id, (answer) => {
        if (answer instanceof PartyError) reject(answer)
        else if ("error" in answer) reject(new PartyError(answer.error.code, answer.error.message))
        else resolve(answer.value)
      })
      child.send({ id, step, input: input ?? null }, () => undefined)
    })
  return {
    ask,
    ended,
    isAlive: () => alive,
    async kill() {
      child.kill("SIGKILL")
      await ended
    },
  }
}
