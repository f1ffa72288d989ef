import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs"
import { join } from "node:path"

/** What is searched for, in every form in which it may lie somewhere. */
export type Needles = ReadonlyMap<string, readonly Buffer[]>

/** The names of those that are in one of these pieces, sorted. */
export function found(needles: Needles, pieces: Iterable<Buffer>): readonly string[] {
  const hits = new Set<string>()
  for (const piece of pieces)
    for (const [name, forms] of needles)
      if (!hits.has(name) && forms.some((form) => piece.includes(form))) hits.add(name)
  return [...hits].sort()
}

/** Every file below a directory, whole. */
export function* filesIn(directory: string): Generator<Buffer> {
  for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
    const path = join(directory, name)
    // A link may lead nowhere, as the one by which Chromium keeps its profile to itself.
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) yield readFileSync(path)
  }
}

const PAGE = 4_096
const PAGEMAP_ENTRY = 8
/** Of a pagemap entry (Documentation/admin-guide/mm/pagemap.rst): in memory, or swapped out. */
const PRESENT = 0xc0
const LARGEST_PIECE = 16 * 1_024 * 1_024

/**
 * Everything that a process has written to and still holds, piece by piece: its heaps, its stacks, what was freed and not
 * yet reused. Pages that were never touched are passed over: V8 reserves many gigabytes of them.
 */
export function* memoryOf(pid: number): Generator<Buffer> {
  const [memory, pagemap] = [openSync(`/proc/${pid}/mem`, "r"), openSync(`/proc/${pid}/pagemap`, "r")]
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, "utf8").split("\n")) {
      const [, from = "", to = ""] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? []
      if (from === "") continue
      for (const [start, end] of touched(pagemap, Number.parseInt(from, 16), Number.parseInt(to, 16)))
        yield read(memory, start, end - start)
    }
  } finally {
    closeSync(memory)
    closeSync(pagemap)
  }
}

/** The stretches of pages between two addresses that were ever touched. */
function* touched(pagemap: number, from: number, to: number): Generator<readonly [number, number]> {
  const entries = read(pagemap, (from / PAGE) * PAGEMAP_ENTRY, ((to - from) / PAGE) * PAGEMAP_ENTRY)
  let start: number | undefined
  for (let address = from; address <= to; address += PAGE) {
    const entry = entries[((address - from) / PAGE + 1) * PAGEMAP_ENTRY - 1] ?? 0
    const isTouched = address < to && (entry & PRESENT) !== 0
    if (isTouched) start ??= address
    if (start === undefined || (isTouched && address - start < LARGEST_PIECE)) continue
    yield [start, address]
    // What lies across the cut would be missed: the next piece begins a page earlier.
    start = isTouched ? address - PAGE : undefined
  }
}

/** What can be read there; less, or nothing, where it went while we read. */
function read(file: number, from: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size)
  try {
    return bytes.subarray(0, readSync(file, bytes, 0, size, from))
  } catch {
    return bytes.subarray(0, 0)
  }
}

/** Whether this machine lets a process look into its children's memory; prints the reason where it does not. */
export function canReadMemory(): boolean {
  if (process.platform !== "linux") {
    console.log("skipped: memory is looked at on Linux only, by /proc")
    return false
  }
  // Yama (Documentation/admin-guide/LSM/Yama.rst): from 2 on a parent may not look either.
  const yama = "/proc/sys/kernel/yama/ptrace_scope"
  if (!existsSync(yama) || Number(readFileSync(yama, "utf8")) < 2) return true
  console.log(`skipped: ${yama} forbids to look into a child's memory`)
  return false
}
