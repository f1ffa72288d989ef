import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** The document that the run writes its tables into. */
export const DOCUMENT = join(import.meta.dirname, "../../../docs/security-evidence.md")

const begin = (section: string): string => `<!-- written by npm run evidence: ${section} -->`
const end = (section: string): string => `<!-- end of ${section} -->`

/** The text between the marks of a section; throws where the document has none. */
export function readSection(section: string): string {
  const text = readFileSync(DOCUMENT, "utf8")
  const { from, to } = placeOf(text, section)
  return text.slice(from, to).trim()
}

/** Puts new text between the marks of a section, and touches nothing else. */
export function writeSection(section: string, content: string): void {
  const text = readFileSync(DOCUMENT, "utf8")
  const { from, to } = placeOf(text, section)
  writeFileSync(DOCUMENT, `${text.slice(0, from)}\n\n${content}\n\n${text.slice(to)}`)
}

function placeOf(text: string, section: string): { readonly from: number; readonly to: number } {
  const [from, to] = [text.indexOf(begin(section)), text.indexOf(end(section))]
  if (from < 0 || to < from) throw new TypeError(`${DOCUMENT} has no section ${section}`)
  return { from: from + begin(section).length, to }
}

/** The rows of the tables in a section, their cells without the spaces that only align them. */
export function rowsOf(section: string): readonly (readonly string[])[] {
  const lines = readSection(section).split("\n")
  const cells = lines
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll("\\|", "|")),
    )
  return cells.filter(([, second = ""]) => !/^:?-+:?$/.test(second))
}
