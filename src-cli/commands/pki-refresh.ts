import type { Command } from "commander"
import { z } from "zod"
import { refreshCrls } from "../../src-testkit/pki/refresh-crls.ts"
import { openPki } from "../../src-testkit/pki/test-pki.ts"
import { addCommand, type Cli } from "../add-command.ts"
import { Directory, Time } from "../options/values.ts"

const Options = z.object({ dir: Directory, at: Time.optional() })

export function addPkiRefresh(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "refresh",
    summary: "sign the revocation lists of a test hierarchy anew",
    details:
      "Each list gets the next number and is good for 48 hours. A running test backend does this by itself each hour.",
    examples: ["vrijgave pki refresh --dir ./pki"],
    flags: [
      { flags: "--dir <directory>", describes: "the hierarchy", required: true },
      { flags: "--at <time>", describes: "the date on the lists (default: now)" },
    ],
    options: Options,
    async run({ dir, at }, terminal) {
      await refreshCrls(await openPki(dir), at ?? terminal.now())
      terminal.print(`The revocation lists in ${dir} are new: crls.pem.`)
      return undefined
    },
  })
}
