import type { Command } from "commander"
import { z } from "zod"
import { revoke } from "../../src-testkit/pki/revoke.ts"
import { openPki } from "../../src-testkit/pki/test-pki.ts"
import { addCommand, type Cli } from "../add-command.ts"
import { CliError } from "../cli-error.ts"
import { Directory, Text, Time } from "../options/values.ts"

const Options = z.object({
  dir: Directory,
  name: Text.optional(),
  serial: z
    .string()
    .regex(/^(0x)?[0-9A-Fa-f:]+$/, "a serial number is hexadecimal, as 'vrijgave certificate' shows it")
    .optional(),
  at: Time.optional(),
})

export function addPkiRevoke(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "revoke",
    summary: "revoke a test card, or one certificate, and sign the revocation lists anew",
    examples: [
      'vrijgave pki revoke --dir ./pki --name "A. de Vries"',
      "vrijgave pki revoke --dir ./pki --serial 00c1d2e3f4",
    ],
    flags: [
      { flags: "--dir <directory>", describes: "the hierarchy that issued it", required: true },
      {
        flags: "--name <name>",
        describes: "of the card, as 'vrijgave card list' shows it: all its certificates",
      },
      { flags: "--serial <hex>", describes: "of one certificate" },
      { flags: "--at <time>", describes: "revoked from this time on (default: now)" },
    ],
    options: Options,
    async run({ dir, name, serial, at }, terminal) {
      const wanted = name ?? serial
      if (wanted === undefined || (name !== undefined && serial !== undefined))
        throw new CliError("usage", "Say what is revoked: --name of a card, or --serial of one certificate.")
      const now = terminal.now()
      const revoked = await revoke(await openPki(dir), wanted, at ?? now, undefined, now)
      for (const entry of revoked)
        terminal.print(`Revoked: ${entry.name}, ${entry.profile}, serial ${entry.serialNumber}`)
      terminal.print(`The revocation lists in ${dir} are new: crls.pem.`)
      return undefined
    },
  })
}
