import type { Command } from "commander"
import { z } from "zod"
import { initPki } from "../../src-testkit/pki/init-pki.ts"
import { addCommand, type Cli } from "../add-command.ts"
import { Directory, Time } from "../options/values.ts"

const Options = z.object({ dir: Directory, at: Time.optional() })

export function addPkiInit(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "init",
    summary: "make a test hierarchy shaped like that of the UZI register, with its keys",
    details:
      "Leaves root.pem, intermediates.pem, trust.json and crls.pem (revocation lists, good for 48 hours) in the directory,\n" +
      "and the authorities' keys below it. For tests only: nothing real must ever believe this root.",
    examples: ["vrijgave pki init --dir ./pki"],
    flags: [
      {
        flags: "--dir <directory>",
        describes: "where to make it; must hold no hierarchy yet",
        required: true,
      },
      { flags: "--at <time>", describes: "as if it were made at this time (default: now)" },
    ],
    options: Options,
    async run({ dir, at }, terminal) {
      terminal.tell("Making the keys of the authorities; this takes some seconds …")
      const pki = await initPki({ directory: dir, at: at ?? terminal.now() })
      terminal.print(
        `The test hierarchy is in ${pki.directory}: root.pem, intermediates.pem, trust.json, crls.pem.`,
      )
      terminal.print(
        `Next: vrijgave card create --profile arts --name "A. de Vries" --pki ${dir} --softhsm ./cards`,
      )
      return undefined
    },
  })
}
