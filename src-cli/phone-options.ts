import { dirname } from "node:path"
import { stat } from "node:fs/promises"
import { z } from "zod"
import { nodeCrypto } from "../src-crypto/node-crypto.ts"
import { createPhone, type Phone, type PhoneParts } from "../src-phone/phone.ts"
import { fileStorage } from "../src-phone/state/file-storage.ts"
import type { Flag } from "./add-command.ts"
import { CliError } from "./cli-error.ts"
import { readTrust, TRUST_FLAGS, TrustOptions } from "./options/trust.ts"
import { wordListOf, WordLanguage } from "./options/word-lists.ts"
import { BackendUrl, FileName, LanguageOption, Switch } from "./options/values.ts"
import type { Terminal } from "./terminal.ts"

/** The flags of every phone command. */
export const PHONE_FLAGS: readonly Flag[] = [
  { flags: "--state <file>", describes: "what this phone keeps; made where it is not there", required: true },
  { flags: "--backend <url>", describes: "the backend, such as http://127.0.0.1:8080", required: true },
  ...TRUST_FLAGS,
  { flags: "--language <language>", describes: "of the sentences: nl or en (default: en)" },
  {
    flags: "--words-language <language>",
    describes: "of the trustwords and check words (default: that of the sentences)",
  },
  { flags: "--json", describes: "what the phone shows, as JSON" },
]
export const PhoneOptions = z.object({
  ...TrustOptions.shape,
  state: FileName,
  backend: BackendUrl,
  language: LanguageOption,
  wordsLanguage: WordLanguage.unwrap().optional(),
  json: Switch,
})
export type PhoneOptions = z.infer<typeof PhoneOptions>

/** The phone whose state is in that file. Throws usage errors; nothing is read or asked yet. */
export async function openPhone(
  options: PhoneOptions,
  terminal: Terminal,
  parts: Pick<PhoneParts, "settings"> = {},
): Promise<Phone> {
  const trust = await readTrust(options)
  await checkDirectory(options.state)
  return createPhone({
    storage: fileStorage(options.state),
    backend: options.backend,
    trust,
    crypto: nodeCrypto,
    clock: () => terminal.now(),
    language: options.language,
    ...(options.wordsLanguage !== undefined && { list: wordListOf(options.wordsLanguage) }),
    ...parts,
  })
}

async function checkDirectory(file: string): Promise<void> {
  const directory = dirname(file)
  const found = await stat(directory).catch(() => undefined)
  if (found?.isDirectory() === true) return
  throw new CliError("usage", `--state ${file}: there is no directory ${directory}; make it first`)
}
