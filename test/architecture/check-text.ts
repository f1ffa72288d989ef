import type { SourceFile, Violation } from "./source-file.ts"

const MOST_LINES = 350

/** Files that are long because they are lists, not code. */
const LISTS: readonly string[] = []

// Written in two parts, so that this file does not find itself.
const UNFINISHED = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "X" + "XX"].join("|")})\\b(?!.*#\\d)`)

/** A file that is too long, and every note of unfinished work that names no issue. */
export function checkText(source: SourceFile): readonly Violation[] {
  const lines = source.text.trimEnd().split("\n")
  const unfinished = lines.flatMap((line, index) =>
    UNFINISHED.test(line)
      ? [{ path: source.path, line: index + 1, rule: "unfinished work names an issue: #12" }]
      : [],
  )
  if (lines.length <= MOST_LINES || LISTS.includes(source.path)) return unfinished
  return [{ path: source.path, line: lines.length, rule: `more than ${MOST_LINES} lines` }, ...unfinished]
}
