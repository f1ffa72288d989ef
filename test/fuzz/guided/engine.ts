import { coverage, nothingSeen } from "./coverage.ts"
import { measureFault } from "./measure-fault.ts"
import { mutate } from "./mutate.ts"
import { MAX_INPUT_BYTES, type Material } from "./mutate-bytes.ts"
import type { Random } from "./random.ts"
import type { Finding, Target } from "./target.ts"

export interface Limits {
  readonly milliseconds: number
  readonly executions: number
  /** Whether inputs that went where none went before are kept and changed further; without it, chance alone leads. */
  readonly guided: boolean
  /** Whether the first finding ends it. */
  readonly untilFound: boolean
}

export interface Outcome {
  readonly target: string
  readonly executions: number
  readonly milliseconds: number
  /** Every input that showed something new, the first ones first. */
  readonly inputs: readonly Uint8Array[]
  readonly features: number
  readonly findings: readonly Finding[]
}

/** What is told before every try, so that one that never ends can be named by another thread. */
export type BeforeTry = (target: string, input: Uint8Array) => void

/** Tries a target for as long as `limits` say: first what it starts with, then changes to what led somewhere new. */
export async function fuzzTarget(
  target: Target,
  kept: readonly Uint8Array[],
  tokens: readonly Uint8Array[],
  random: Random,
  limits: Limits,
  beforeTry: BeforeTry,
): Promise<Outcome> {
  const run = new Run(target, limits.guided, beforeTry)
  const started = performance.now()
  for (const input of [...target.seeds, ...kept]) await run.try(input.slice(0, MAX_INPUT_BYTES), true)
  const material: Material = { tokens, other: () => run.pick(random) }
  const milliseconds = (): number => performance.now() - started
  const isDone = (): boolean =>
    milliseconds() >= limits.milliseconds ||
    run.executions >= limits.executions ||
    (limits.untilFound && run.hasFound())
  while (!isDone()) {
    const input = mutate(run.pick(random), target.shape, random, material)
    await run.try(input, false)
  }
  return { ...run.outcome(), milliseconds: Math.round(milliseconds()) }
}

class Run {
  executions = 0
  readonly #target: Target
  readonly #guided: boolean
  readonly #beforeTry: BeforeTry
  readonly #seen = nothingSeen()
  readonly #inputs: Uint8Array[] = []
  readonly #findings = new Map<string, Finding>()

  constructor(target: Target, guided: boolean, beforeTry: BeforeTry) {
    this.#target = target
    this.#guided = guided
    this.#beforeTry = beforeTry
  }

  /** Half of the time one of the latest: what is new leads furthest. */
  pick(random: Random): Uint8Array {
    const { length } = this.#inputs
    const latest = Math.max(0, length - Math.max(4, length >>> 3))
    const at = random.chance(50) ? latest + random.below(length - latest) : random.below(length)
    return this.#inputs[at] ?? new Uint8Array(0)
  }

  async try(input: Uint8Array, isStart: boolean): Promise<void> {
    this.executions++
    this.#beforeTry(this.#target.name, input)
    coverage.reset()
    const fault = await measureFault(this.#target, input)
    const isNew = coverage.addTo(this.#seen)
    if (fault !== undefined && !this.#findings.has(fault.what)) this.#findings.set(fault.what, fault)
    // What fails leads to more of the same failure.
    if (isStart || (isNew && this.#guided && fault === undefined)) this.#inputs.push(input)
  }

  hasFound(): boolean {
    return this.#findings.size > 0
  }

  outcome(): Omit<Outcome, "milliseconds"> {
    return {
      target: this.#target.name,
      executions: this.executions,
      inputs: this.#inputs,
      features: this.#seen.reduce((sum, classes) => sum + (classes === 0 ? 0 : 1), 0),
      findings: [...this.#findings.values()],
    }
  }
}
