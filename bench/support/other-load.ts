import { readFileSync } from "node:fs"

/** What has been used of the processors since the machine started, in seconds: by everyone, and by us with our children. */
interface ProcessorTime {
  readonly all: number
  readonly own: number
  readonly at: number
}

const TICKS_A_SECOND = 100

/** Answers how many cores others used since it was begun; `undefined` where the system does not tell. */
export function watchOthers(): () => number | undefined {
  const before = processorTime()
  return () => {
    const after = processorTime()
    if (before === undefined || after === undefined) return undefined
    const others = after.all - before.all - (after.own - before.own)
    return Math.max(0, others / (after.at - before.at))
  }
}

function processorTime(): ProcessorTime | undefined {
  try {
    return { all: busyOf(readFileSync("/proc/stat", "utf8")), own: ownTime(), at: performance.now() / 1_000 }
  } catch {
    return undefined
  }
}

/** proc(5): user nice system idle iowait irq softirq steal. */
function busyOf(stat: string): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = numbersIn(
    stat.split("\n")[0] ?? "",
  )
  return (user + nice + system + irq + softirq + steal) / TICKS_A_SECOND
}

const children = new Set<number>()

/** A child of ours that runs on: what it uses is not used by others. Answers what to call when it is gone. */
export function countAsOurs(processId: number | undefined): () => void {
  if (processId === undefined) return () => undefined
  children.add(processId)
  return () => children.delete(processId)
}

/** proc(5): of the process itself, and of its children that are gone and were waited for. */
function ownTime(): number {
  const { user, system } = process.cpuUsage()
  const [, , waitedUser = 0, waitedSystem = 0] = timesOf("self")
  const running = [...children].map((child) => timesOf(String(child)))
  const ticks = running.reduce((sum, [childUser = 0, childSystem = 0]) => sum + childUser + childSystem, 0)
  return (user + system) / 1_000_000 + (waitedUser + waitedSystem + ticks) / TICKS_A_SECOND
}

function timesOf(processId: string): readonly number[] {
  const fields = readFileSync(`/proc/${processId}/stat`, "utf8").split(") ")[1] ?? ""
  return fields.split(" ").slice(11, 15).map(Number)
}

function numbersIn(line: string): readonly number[] {
  return line.trim().split(/\s+/).slice(1).map(Number)
}
