import { readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { WORD_COUNT } from "../../src-protocol/trustwords/word-list.ts"
import { chooseWords } from "./choose-words.ts"
import { readCandidates } from "./read-candidates.ts"

/**
 * Makes a list of our own by hand: `node tools/word-lists/make.ts --language nl --dictionary /usr/share/dict/dutch`.
 * With a dictionary it first names the candidates that are not in it, and leaves them out; the lists are frozen with the
 * version of the protocol, so it writes only where `--write` is given.
 */
const NAMES: Readonly<Record<string, string>> = { nl: "dutch", de: "german" }

const { values } = parseArgs({
  options: { language: { type: "string" }, dictionary: { type: "string" }, write: { type: "boolean" } },
})
const language = values.language ?? ""
const name = NAMES[language]
if (name === undefined) throw new Error(`--language must be one of: ${Object.keys(NAMES).join(", ")}`)

const known = values.dictionary === undefined ? undefined : readDictionary(values.dictionary)
const candidates = readCandidates(language)
const unknown = candidates.filter((word) => known?.has(word) === false)
if (unknown.length > 0) tell(`not in the dictionary: ${unknown.join(" ")}`)
const chosen = chooseWords(
  language,
  candidates.filter((word) => !unknown.includes(word)),
)
tell(`${candidates.length} candidates, ${chosen.length} fit together, ${WORD_COUNT} are needed`)
if (chosen.length < WORD_COUNT) process.exitCode = 1
else if (values.write === true) write(chosen.slice(0, WORD_COUNT).toSorted())

function tell(line: string): void {
  process.stdout.write(`${line}\n`)
}

function readDictionary(path: string): ReadonlySet<string> {
  return new Set(readFileSync(path, "utf8").split("\n"))
}

function write(words: readonly string[]): void {
  const text = words.join(" ").replace(/(.{1,100})( |$)/g, "  $1\n")
  const path = fileURLToPath(new URL(`../../src-protocol/trustwords/${name ?? ""}.ts`, import.meta.url))
  writeFileSync(path, sourceOf(text))
  tell(`written: ${path}`)
}

function sourceOf(text: string): string {
  return [
    `import type { WordList } from "./word-list.ts"`,
    "",
    `/** Made by tools/word-lists/make.ts from tools/word-lists/${language}; frozen. Where the words come from: docs/handover.md. */`,
    "const WORDS = `",
    `${text}\``,
    "",
    `export const ${name ?? ""}Words: WordList = { language: "${language}", words: WORDS.trim().split(/\\s+/) }`,
    "",
  ].join("\n")
}
