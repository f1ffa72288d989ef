import type { Command } from "commander"
import { z } from "zod"
import { addCommand, type Cli } from "../add-command.ts"
import { CliError } from "../cli-error.ts"
import { Directory, FileName, Switch, Text } from "../options/values.ts"
import { runDeskAlone } from "../tester-desk/run-desk-alone.ts"
import { runTesterDesk } from "../tester-desk/run-tester-desk.ts"

const Options = z.object({
  data: Directory.optional(),
  deskOnly: Switch,
  backend: Text.optional(),
  config: FileName.optional(),
})

export function addDesk(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "desk",
    summary: "open the desk; for a tester with a backend, a test card and the patient's phone beside it",
    details:
      "Without --desk-only everything that a disclosure needs is started, in a temporary directory or in --data, and ended\n" +
      "when the desk's window is closed. With it the desk alone opens, for a backend and cards of your own.",
    examples: [
      "vrijgave desk",
      "vrijgave desk --data ./tester",
      "vrijgave desk --desk-only --backend https://vrijgave.example.nl",
      "vrijgave desk --desk-only --config ./desk.json",
    ],
    flags: [
      { flags: "--data <directory>", describes: "where the tester's files stay (default: temporary)" },
      { flags: "--desk-only", describes: "nothing but the desk" },
      { flags: "--backend <url>", describes: "with --desk-only: the backend" },
      { flags: "--config <file>", describes: "with --desk-only: the desk's configuration file" },
    ],
    options: Options,
    async run({ data, deskOnly, backend, config }, terminal) {
      if (!deskOnly && (backend !== undefined || config !== undefined))
        throw new CliError(
          "usage",
          "--backend and --config go with --desk-only: the tester's desk brings its own.",
        )
      if (deskOnly && data !== undefined)
        throw new CliError(
          "usage",
          "--data is the tester's; with --desk-only the desk keeps its files where it always does.",
        )
      if (deskOnly) await runDeskAlone({ backend, config }, terminal)
      else await runTesterDesk(data, terminal)
      return undefined
    },
  })
}
