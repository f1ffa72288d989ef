import type { Command } from "commander"
import { z } from "zod"
import { printCode } from "../../src-protocol/code.ts"
import { addCommand, type Cli } from "../add-command.ts"
import { Text } from "../options/values.ts"
import { decodeWords, LANGUAGE_FLAG, WordLanguage } from "../options/word-lists.ts"

const Options = z.object({ words: Text, language: WordLanguage })

export function addWordsDecode(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "decode",
    summary: "the code that four trustwords stand for",
    details:
      "Case, accents, commas, hyphens and four-letter abbreviations do not matter. Nothing is guessed. The language is " +
      "found by itself; --language says which to try first.",
    examples: ['vrijgave words decode --words "canyon divorce luggage trust"'],
    flags: [
      { flags: "--words <words>", describes: "the four words, in quotes", required: true },
      LANGUAGE_FLAG,
    ],
    options: Options,
    async run({ words, language }, terminal) {
      terminal.print(printCode(await decodeWords(words, language)))
      return undefined
    },
  })
}
