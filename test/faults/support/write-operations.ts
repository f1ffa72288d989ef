import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { FAULT_PARTIES, type FaultParty } from "../fault-points.ts"

const TABLE = join(import.meta.dirname, "../fault-operations.ts")
const START = "export const OPERATIONS = {"
const WIDTH = 100

/** The points that each party reached on the journeys that the table is about. */
export type Reached = Readonly<Record<FaultParty, readonly string[]>>

/** Writes the table anew, from what undisturbed journeys came to: `UPDATE_FAULT_POINTS=1` asks for it. */
export async function writeOperations(reached: Reached): Promise<void> {
  const text = await readFile(TABLE, "utf8")
  const parties = FAULT_PARTIES.map((party) => `  ${quoted(party)}: {\n${stepsOf(reached[party])}  },\n`)
  await writeFile(TABLE, `${text.slice(0, text.indexOf(START))}${START}\n${parties.join("")}} as const\n`)
}

function stepsOf(points: readonly string[]): string {
  const steps = new Map<string, string[]>()
  for (const point of points) {
    const [, step, operation] = /^(.+?): before (.+)$/.exec(point) ?? []
    if (step === undefined || operation === undefined) continue
    steps.set(step, [...(steps.get(step) ?? []), operation])
  }
  return [...steps].map(([step, names]) => `    ${quoted(step)}: \`\n${wrapped(names)}    \`,\n`).join("")
}

function wrapped(names: readonly string[]): string {
  const lines: string[] = []
  for (const [place, name] of names.entries()) {
    const text = place === names.length - 1 ? name : `${name} ·`
    const last = lines.at(-1)
    if (last === undefined || last.length + text.length >= WIDTH) lines.push(text)
    else lines.splice(-1, 1, `${last} ${text}`)
  }
  return lines.map((line) => `      ${line}\n`).join("")
}

function quoted(name: string): string {
  return /^\w+$/.test(name) ? name : JSON.stringify(name)
}
