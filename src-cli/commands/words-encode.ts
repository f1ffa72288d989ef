import type { Command } from "commander"
import { z } from "zod"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { encodeTrustwords } from "../../src-protocol/trustwords/codec.ts"
import { addCommand, type Cli } from "../add-command.ts"
import { CodeDigits } from "../options/values.ts"
import { LANGUAGE_FLAG, wordListOf, WordLanguage } from "../options/word-lists.ts"

const Options = z.object({ code: CodeDigits, language: WordLanguage })

export function addWordsEncode(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "encode",
    summary: "the four trustwords of a code",
    examples: [
      "vrijgave words encode --code 123456-7890",
      "vrijgave words encode --code 123456-7890 --language nl",
    ],
    flags: [{ flags: "--code <digits>", describes: "the ten digits", required: true }, LANGUAGE_FLAG],
    options: Options,
    async run({ code, language }, terminal) {
      const words = await encodeTrustwords(nodeCrypto, code, wordListOf(language))
      terminal.print(words.join(" "))
      return undefined
    },
  })
}
