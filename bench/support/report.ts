import type { Rounds } from "./rounds.ts"

/** A goal of the project, what was found, and whether that is within it. */
export interface Goal {
  readonly name: string
  readonly found: number
  readonly atMost?: number
  readonly atLeast?: number
}

/** What one part of the benchmark found. */
export interface Part {
  readonly letter: string
  readonly title: string
  readonly goals: readonly Goal[]
  /** Absolute figures: context, true of this machine at this hour. */
  readonly context: readonly (readonly [name: string, figure: string])[]
  /** What stands in the way of a figure: noise, something that is not installed. */
  readonly remarks: readonly string[]
}

export interface BenchOptions {
  readonly rounds: number
  readonly milliseconds: number
  readonly loadSeconds: number
}

export type Bench = (options: BenchOptions) => Promise<Part>

export function isMet({ found, atMost, atLeast }: Goal): boolean {
  return (atMost === undefined || found <= atMost) && (atLeast === undefined || found >= atLeast)
}

/** What of the rounds must be said beside their figures. */
export function remarksOn(rounds: Rounds): readonly string[] {
  const rejected =
    rounds.rejected === 0 ? [] : [`${rounds.rejected} rounds were rejected: others used the machine`]
  const unclean =
    rounds.unclean === 0 ? [] : [`${rounds.unclean} rounds that count were not clean: trust them less`]
  return [...rejected, ...unclean]
}

export function microseconds(time: number): string {
  return time < 1_000 ? `${time.toFixed(1)} µs` : `${(time / 1_000).toFixed(2)} ms`
}

export function perSecond(time: number): string {
  return `${Math.round(1_000_000 / time).toLocaleString("en")} a second`
}

function limitOf({ atMost, atLeast }: Goal): string {
  return atMost === undefined ? `≥ ${String(atLeast)}` : `≤ ${String(atMost)}`
}

/** One part for a terminal. */
export function printPart({ letter, title, goals, context, remarks }: Part): string {
  return [
    `\n(${letter}) ${title}`,
    ...goals.map(
      (goal) =>
        `  ${isMet(goal) ? "PASS" : "MISS"}  ${goal.name}: ${goal.found.toFixed(2)} (goal ${limitOf(goal)})`,
    ),
    ...context.map(([name, figure]) => `        ${name}: ${figure}`),
    ...remarks.map((remark) => `        note: ${remark}`),
  ].join("\n")
}

/** The same for docs/performance.md. */
export function partInMarkdown({ letter, title, goals, context, remarks }: Part): string {
  return [
    `### (${letter}) ${title}`,
    "",
    "| goal | found | asked | |",
    "| --- | --- | --- | --- |",
    ...goals.map(
      (goal) =>
        `| ${goal.name} | ${goal.found.toFixed(2)} | ${limitOf(goal)} | ${isMet(goal) ? "PASS" : "**MISS**"} |`,
    ),
    "",
    ...context.map(([name, figure]) => `- ${name}: ${figure}`),
    ...remarks.map((remark) => `- note: ${remark}`),
    "",
  ].join("\n")
}
