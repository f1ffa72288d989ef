/** Two rows of modules in a line of half blocks, black on white whatever the terminal's colours, with a white edge. */
export function qrLines(rows: readonly string[]): readonly string[] {
  const edge = 4
  const width = (rows[0]?.length ?? 0) + 2 * edge
  const white = Array.from({ length: edge }, () => ".".repeat(width))
  const all = [...white, ...rows.map((row) => ".".repeat(edge) + row + ".".repeat(edge)), ...white]
  const pairs = Array.from({ length: Math.ceil(all.length / 2) }, (_, pair) => pair * 2)
  return pairs.map((at) => inBlackOnWhite(halfBlocks(all[at] ?? "", all[at + 1] ?? ".".repeat(width))))
}

const HALVES: Readonly<Record<string, string>> = { "##": "█", "#.": "▀", ".#": "▄", "..": " " }

function halfBlocks(upper: string, lower: string): string {
  return Array.from(upper, (module, x) => HALVES[module + lower.charAt(x)] ?? " ").join("")
}

function inBlackOnWhite(line: string): string {
  return `\u001b[30;107m${line}\u001b[0m`
}
