import { setTimeout as pause } from "node:timers/promises"
import type { DeskState } from "../../../src-preload/desk-state.ts"
import { showsReady } from "../support/chip-desk.ts"
import type { Fault } from "./faults.ts"
import { DEADLINES, openScene, walkTo, type Scene, type Stage } from "./scene.ts"
import type { Step, Underway } from "./steps.ts"

/** What became of one fault in one step. */
export interface Cell {
  readonly step: string
  readonly fault: string
  /** The titles that the desk showed, and why it signed out; empty where nobody had to be told. */
  readonly said: readonly string[]
  /** What the middle of the window was when the cause was gone. */
  readonly left: string
  /** From the cause being gone to the card being shown ready for use. */
  readonly recoveredMilliseconds: number
  /** Whether a call of the step was still unanswered after so long. */
  readonly hung: boolean
  /** Each package that was posted for the patient, and whether it was the right one. */
  readonly posted: readonly string[]
  /** Whether the consult came to its end afterwards. */
  readonly finished: boolean
}

const LONGEST_CALL_MILLISECONDS = 15_000
const LONGEST_RECOVERY_MILLISECONDS = 20_000
/** A desk that has something to say has said it by then. */
const TELLING_MILLISECONDS = 1_200

/** One consult with one fault, from the first PIN to the package; on a desk of its own. */
export async function runCell(stage: Stage, step: Step, fault: Fault): Promise<Cell> {
  const scene = await openScene(stage)
  const { desk, own, world, phone } = scene
  try {
    const underway = await step.begin(scene, fault)
    const said = new Set<string>()
    const stopHearing = desk.session.subscribe(() => {
      hear(said, desk.state())
    })
    const hung = await strike(scene, step, fault, underway, said)
    hear(said, desk.state())
    if (desk.state().cards.some(({ id }) => id === scene.other.tokenSerialNumber))
      said.add(`shows ${scene.other.holder.commonName}`)
    stopHearing()
    const left = desk.state().consult.is
    await scene.reader.setFaults([])
    const began = await healed(scene, fault)
    const isReady = await desk.until(showsReady(own.tokenSerialNumber), LONGEST_RECOVERY_MILLISECONDS)
    const recoveredMilliseconds = isReady ? Math.round(performance.now() - began) : Number.POSITIVE_INFINITY
    const finished = await finish(scene)
    const posted = await world.postedFor(phone, own.holder.uziNumber)
    const outcome = { said: [...said], left, recoveredMilliseconds, hung, posted, finished }
    return { step: step.name, fault: fault.name, ...outcome }
  } finally {
    await desk.stop()
  }
}

/** Answers whether the step's call hung. */
async function strike(
  scene: Scene,
  step: Step,
  fault: Fault,
  { pending, release }: Underway,
  said: Set<string>,
): Promise<boolean> {
  await fault.strike(scene, step)
  if (!step.withPin) await tell(scene, fault, said)
  release()
  if (pending === undefined) return false
  const answered = await Promise.race([pending, pause(LONGEST_CALL_MILLISECONDS)])
  if (answered === undefined) return true
  if (answered.problem !== undefined && scene.desk.state().consult.is !== "signed-out")
    said.add(answered.problem.title)
  return false
}

/** Waits until the desk had the time to say something. */
async function tell({ desk }: Scene, { hidden }: Fault, said: Set<string>): Promise<void> {
  if (hidden === undefined) {
    await pause(TELLING_MILLISECONDS)
    return
  }
  await Promise.race([desk.call("checkLine"), pause(DEADLINES.readMilliseconds + TELLING_MILLISECONDS)])
  hear(said, desk.state())
}

async function healed(scene: Scene, fault: Fault): Promise<number> {
  await fault.heal(scene)
  return performance.now()
}

async function finish(scene: Scene): Promise<boolean> {
  if (scene.desk.state().inFlight.length > 0) return true
  return await walkTo(scene, "following", "done")
}

const QUIET = new Set(["CODE_MALFORMED"])

function hear(said: Set<string>, { consult, cards, line }: DeskState): void {
  if (consult.is === "signed-out" && consult.because !== undefined) said.add(`signed out: ${consult.because}`)
  const problems = [
    ...("problem" in consult ? [consult.problem] : []),
    ...cards.map(({ problem }) => problem),
    ...line.map(({ problem }) => problem),
  ]
  for (const problem of problems)
    if (problem !== undefined && !QUIET.has(problem.code)) said.add(problem.title)
}
