import { AsyncLocalStorage } from "node:async_hooks"
import { appendFileSync, existsSync, readFileSync } from "node:fs"
import { z } from "zod"

/** Where the plan of a party's process is; a party without one runs undisturbed. */
export const PLAN_VARIABLE = "VRIJGAVE_FAULT"

/** What befalls the process at its fault point: its end, or a disk that takes nothing any more until it is healed. */
export const FaultKind = z.enum(["kill", "ENOSPC", "EROFS"])
export type FaultKind = z.infer<typeof FaultKind>

export const FaultPlan = z.strictObject({
  /** Every point that is reached is written here: that survives a kill. */
  log: z.string(),
  /** "register: before COMMIT", "publish: after send POST publications": step, side, operation. */
  at: z.string().optional(),
  kind: FaultKind.default("kill"),
})
export type FaultPlan = z.input<typeof FaultPlan>

interface PassOptions {
  /** What it does to the disk: a full one still lets files go, one that is read-only lets nothing happen. */
  readonly disk?: "takes" | "frees"
}

/**
 * The boundary of a process: every operation by which it touches disk, database, network or another process passes here
 * and has a name. At the one that the plan names, the process kills itself or its disk breaks.
 */
export class Boundary {
  readonly #plan: z.infer<typeof FaultPlan> | undefined
  readonly #steps = new AsyncLocalStorage<string>()
  readonly #counts = new Map<string, number>()
  #brokenDisk: FaultKind | undefined

  constructor(plan: string | undefined) {
    this.#plan = plan === undefined ? undefined : onlyOnce(FaultPlan.parse(JSON.parse(plan)))
  }

  /** Whatever `run` begins belongs to this step of the journey. */
  inStep<T>(step: string, run: () => T): T {
    return this.#steps.run(step, run)
  }

  /** Lets one operation happen, with a fault point before and after it. Outside a step nothing is counted. */
  pass(operation: string, run: () => unknown, options: PassOptions = {}): unknown {
    const done = this.begin(operation)
    this.#refuseOnBrokenDisk(operation, options)
    const result = run()
    if (!(result instanceof Promise)) {
      done()
      return result
    }
    return result.then((value: unknown) => {
      done()
      return value
    })
  }

  /** The fault point before an operation; answers the one after it. */
  begin(operation: string): () => void {
    const step = this.#steps.getStore()
    if (step === undefined || this.#plan === undefined) return () => undefined
    const counted = this.#number(step, operation)
    this.#reach(`${step}: before ${counted}`)
    return () => {
      this.#reach(`${step}: after ${counted}`)
    }
  }

  /** The step that is being done here. */
  get step(): string {
    return this.#steps.getStore() ?? ""
  }

  heal(): void {
    this.#brokenDisk = undefined
  }

  #number(step: string, operation: string): string {
    const count = (this.#counts.get(`${step}: ${operation}`) ?? 0) + 1
    this.#counts.set(`${step}: ${operation}`, count)
    return count === 1 ? operation : `${operation} #${String(count)}`
  }

  #reach(point: string): void {
    if (this.#plan === undefined) return
    appendFileSync(this.#plan.log, `${point}\n`)
    if (this.#plan.at !== point) return
    if (this.#plan.kind === "kill") process.kill(process.pid, "SIGKILL")
    else this.#brokenDisk = this.#plan.kind
  }

  #refuseOnBrokenDisk(operation: string, { disk }: PassOptions): void {
    const kind = this.#brokenDisk
    if (kind === undefined || disk === undefined || (kind === "ENOSPC" && disk === "frees")) return
    throw Object.assign(new Error(`${kind}: ${operation}`), { code: kind })
  }
}

/** A fault strikes once in a journey: not again in a process that is started after it. */
function onlyOnce({ at, ...plan }: z.infer<typeof FaultPlan>): z.infer<typeof FaultPlan> {
  const hasStruck =
    existsSync(plan.log) &&
    readFileSync(plan.log, "utf8")
      .split("\n")
      .includes(at ?? "")
  return hasStruck || at === undefined ? plan : { ...plan, at }
}

/** That of this process. */
export const boundary = new Boundary(process.env[PLAN_VARIABLE])
