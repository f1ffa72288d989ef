import { areTooAlike, compared } from "./rules.ts"

/**
 * As many of the candidates as fit together: again and again the one that is too like the fewest of those left, the
 * earlier where two are equal. The same candidates give the same words.
 */
export function chooseWords(language: string, candidates: readonly string[]): readonly string[] {
  const alike = alikeOf(language, candidates)
  const left = new Set(candidates.keys())
  const chosen: number[] = []
  while (left.size > 0) {
    const next = leastAlike(left, alike)
    chosen.push(next)
    left.delete(next)
    for (const other of [...(alike[next] ?? [])]) drop(other, left, alike)
  }
  return chosen.toSorted((a, b) => a - b).map((index) => candidates[index] ?? "")
}

function alikeOf(language: string, candidates: readonly string[]): readonly Set<number>[] {
  const words = candidates.map((word) => compared(language, word))
  const alike = candidates.map(() => new Set<number>())
  for (const [i, a] of words.entries())
    for (const [j, b] of words.entries())
      if (j > i && areTooAlike(language, a, b)) {
        alike[i]?.add(j)
        alike[j]?.add(i)
      }
  return alike
}

function leastAlike(left: ReadonlySet<number>, alike: readonly ReadonlySet<number>[]): number {
  let best = -1
  let fewest = Number.POSITIVE_INFINITY
  for (const index of left) {
    const count = alike[index]?.size ?? 0
    if (count >= fewest) continue
    best = index
    fewest = count
  }
  return best
}

function drop(index: number, left: Set<number>, alike: readonly Set<number>[]): void {
  left.delete(index)
  for (const other of alike[index] ?? []) alike[other]?.delete(index)
}
