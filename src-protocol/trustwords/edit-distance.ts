/**
 * How many letters must be added, left out or replaced to make `a` into `b` (Levenshtein), or `undefined` where that is
 * more than `limit`. Words that differ more in length than that are not compared at all, so a pasted text of any length
 * costs nothing.
 */
export function editDistance(a: string, b: string, limit: number): number | undefined {
  if (Math.abs(a.length - b.length) > limit) return undefined
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    row = nextRow(row, a.charAt(i - 1), b, i)
    if (Math.min(...row) > limit) return undefined
  }
  const distance = row[b.length] ?? 0
  return distance > limit ? undefined : distance
}

function nextRow(above: readonly number[], letter: string, b: string, first: number): number[] {
  const row = [first]
  for (let j = 1; j <= b.length; j++) {
    const replaced = (above[j - 1] ?? 0) + (letter === b.charAt(j - 1) ? 0 : 1)
    row.push(Math.min(replaced, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
  }
  return row
}
