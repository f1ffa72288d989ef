import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { whenFileIsDone } from "../../card/support/when-file-is-done.ts"
import { PIN, PUK, runTool } from "../support/open-reader.ts"
import { entriesRunning } from "../support/processes.ts"
import { exchange, type Scene } from "./scene.ts"
import type { Step } from "./steps.ts"

/** Something that goes wrong with the card, and how it ends. */
export interface Fault {
  readonly name: string
  /** What the clinician types as PIN, where that is the fault. */
  readonly typed?: string
  /** Shows only when the card is asked for something: then, where the step does not, somebody asks the desk to look. */
  readonly hidden?: true
  /** What went before, where a PIN is typed. */
  prepare?(scene: Scene): Promise<void>
  strike(scene: Scene, step: Step): Promise<void>
  /** The cause ends; answered when it is gone. */
  heal(scene: Scene): Promise<void>
}

const WRONG_PIN = "999999"
const nothing = (): Promise<void> => Promise.resolve()

/** Without the card's log in between, which is the next look's. */
async function tryWrongPin({ reader }: Scene, times: number): Promise<void> {
  const login = ["--module", reader.openscModule, "--login", "--pin", WRONG_PIN, "--list-objects"]
  for (let i = 0; i < times; i += 1) await runTool(reader, "pkcs11-tool", login)
}

async function hosts(): Promise<readonly number[]> {
  return await entriesRunning("host-process")
}

let stopped: readonly number[] = []

/** By their own numbers alone. */
async function signal(name: "SIGKILL" | "SIGSTOP"): Promise<void> {
  stopped = await hosts()
  if (stopped.length === 0) throw new RangeError("no card process runs")
  for (const pid of stopped) process.kill(pid, name)
}

const takers: ChildProcess[] = []

async function takeCard({ reader }: Scene): Promise<void> {
  const script = join(import.meta.dirname, "../../card/support/take-card.ts")
  const env = { ...process.env, NODE_OPTIONS: "", ...reader.environment }
  const taker = spawn(process.execPath, ["--no-warnings", script, "Virtual PCD 00 00"], { env })
  takers.push(taker)
  whenFileIsDone(() => void taker.kill("SIGKILL"))
  await Promise.race([once(taker.stdout, "data"), pause(3_000)])
}

async function giveBack(): Promise<void> {
  for (const taker of takers.splice(0)) {
    const gone = once(taker, "exit")
    taker.kill("SIGKILL")
    await gone
  }
}

export const FAULTS: readonly Fault[] = [
  {
    name: "removed",
    async strike({ reader }) {
      await reader.remove()
    },
    async heal({ reader, own }) {
      await pause(450)
      await reader.insert(own.image)
    },
  },
  {
    name: "reset by another program",
    async strike({ reader }) {
      await runTool(reader, "opensc-tool", ["--reset"])
    },
    heal: nothing,
  },
  {
    name: "another person's card in its place",
    async strike({ reader, other }) {
      await exchange(reader, other)
    },
    async heal({ reader, own }) {
      await exchange(reader, own)
    },
  },
  {
    name: "pcscd stopped",
    async strike({ reader }) {
      await reader.pcscd("stop")
    },
    async heal({ reader }) {
      await reader.pcscd("start")
    },
  },
  {
    name: "card process killed",
    async strike() {
      await signal("SIGKILL")
    },
    heal: nothing,
  },
  {
    name: "module hangs",
    hidden: true,
    async strike() {
      await signal("SIGSTOP")
    },
    async heal() {
      while ((await hosts()).some((pid) => stopped.includes(pid))) await pause(50)
    },
  },
  {
    name: "PIN wrong",
    typed: WRONG_PIN,
    hidden: true,
    async strike(scene, { withPin }) {
      if (!withPin) await tryWrongPin(scene, 1)
    },
    heal: nothing,
  },
  {
    name: "PIN blocked",
    typed: WRONG_PIN,
    hidden: true,
    async prepare(scene) {
      await tryWrongPin(scene, 2)
    },
    async strike(scene, { withPin }) {
      if (!withPin) await tryWrongPin(scene, 3)
    },
    async heal({ reader }) {
      await runTool(reader, "pkcs15-tool", ["--unblock-pin", "--puk", PUK, "--new-pin", PIN])
    },
  },
  {
    name: "another program takes the card",
    hidden: true,
    async strike(scene) {
      await takeCard(scene)
    },
    heal: giveBack,
  },
]
