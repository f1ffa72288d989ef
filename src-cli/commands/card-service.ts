import type { Command } from "commander"
import { z } from "zod"
import { addCommand, type Cli } from "../add-command.ts"
import { READER_FLAG, ReaderDirectory, withReader } from "../options/reader.ts"
import { Switch } from "../options/values.ts"

const ACTIONS = ["start", "stop", "kill", "restart"] as const

const Options = z.object({
  action: z.enum(ACTIONS, `say one of: ${ACTIONS.join(", ")}`),
  unplugged: Switch,
  reader: ReaderDirectory,
})

export function addCardService(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "service <action>",
    summary:
      "start, stop, kill or restart the card service of the virtual reader; a card that is in stays in",
    examples: ["vrijgave card service stop", "vrijgave card service restart --unplugged"],
    flags: [
      { flags: "--unplugged", describes: "start it without its reader, as if that were not plugged in" },
      READER_FLAG,
    ],
    options: Options,
    async run({ action, unplugged, reader: directory }, terminal) {
      const starts = action === "start" || action === "restart"
      await withReader(directory, (reader) => reader.pcscd(action, starts ? (unplugged ? 0 : 1) : undefined))
      terminal.print(
        starts
          ? `The card service runs${unplugged ? ", without a reader" : ""}.`
          : "The card service is away.",
      )
      return undefined
    },
  })
}
