import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { isPlainWord } from "./rules.ts"

/** Why a word may not be in a list: the heading in `refused.txt`, and the words under it. */
export interface Refused {
  readonly why: string
  readonly words: readonly string[]
}

/** The words of `<language>/picked.txt`, then of `<language>/cldr.txt`, that the letters and the refused words allow. */
export function readCandidates(language: string): readonly string[] {
  const refused = new Set(readRefused(language).flatMap(({ words }) => words))
  const all = [...wordsOf(language, "picked.txt"), ...wordsOf(language, "cldr.txt")]
  return [...new Set(all)].filter((word) => isPlainWord(word) && !refused.has(word))
}

export function readRefused(language: string): readonly Refused[] {
  const parts = readText(language, "refused.txt").split(/^# /m).slice(1)
  return parts.map((part) => {
    const [why = "", ...lines] = part.split("\n")
    return {
      why,
      words: lines
        .join(" ")
        .split(/\s+/)
        .filter((word) => word !== ""),
    }
  })
}

function wordsOf(language: string, file: string): readonly string[] {
  const lines = readText(language, file)
    .split("\n")
    .filter((line) => !line.startsWith("#"))
  return lines
    .join(" ")
    .split(/\s+/)
    .filter((word) => word !== "")
}

function readText(language: string, file: string): string {
  return readFileSync(fileURLToPath(new URL(`${language}/${file}`, import.meta.url)), "utf8")
}
