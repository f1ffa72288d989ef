/** A figure; with `atMost` a goal of the project. */
export interface Finding {
  readonly name: string
  readonly found: number
  readonly unit: "ms" | "%"
  readonly atMost?: number
}

export function isMet({ found, atMost }: Finding): boolean {
  return atMost === undefined || found <= atMost
}

export function printFinding(finding: Finding): string {
  const { name, found, unit, atMost } = finding
  const verdict = atMost === undefined ? "    " : isMet(finding) ? "PASS" : "MISS"
  return `  ${verdict}  ${name}: ${found.toFixed(1)} ${unit}${atMost === undefined ? "" : ` (goal ≤ ${String(atMost)})`}`
}

/** The same as lines of a table. */
export function findingsInMarkdown(findings: readonly Finding[]): readonly string[] {
  return [
    "| | found | asked | |",
    "| --- | --- | --- | --- |",
    ...findings.map((finding) => {
      const { name, found, unit, atMost } = finding
      const asked = atMost === undefined ? "" : `≤ ${String(atMost)} ${unit}`
      const verdict = atMost === undefined ? "" : isMet(finding) ? "PASS" : "**MISS**"
      return `| ${name} | ${found.toFixed(1)} ${unit} | ${asked} | ${verdict} |`
    }),
  ]
}
