import type { Command } from "commander"
import { z } from "zod"
import { addCommand, type Cli } from "../add-command.ts"
import { prepareFiles } from "../demo/demo-files.ts"
import { runDemo } from "../demo/run-demo.ts"
import { Directory } from "../options/values.ts"

const Options = z.object({ dir: Directory.optional() })

export function addDemo(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "demo",
    summary: "walk one disclosure on real parts, from a phone's hash to the published batch",
    details:
      "Leaves the S/MIME package (authorisation.p7m), what was signed (statement.txt), the revocation lists (crls.pem), the\n" +
      "batch and the test authority (pki) in the directory, and shows how to check them. Takes about half a minute.",
    examples: ["vrijgave demo", "vrijgave demo --dir ./demo"],
    flags: [
      {
        flags: "--dir <directory>",
        describes: "where the files stay; must be empty (default: a new temporary one)",
      },
    ],
    options: Options,
    async run({ dir }, terminal) {
      await runDemo(await prepareFiles(dir), terminal)
      return undefined
    },
  })
}
