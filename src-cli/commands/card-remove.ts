import type { Command } from "commander"
import { z } from "zod"
import { addCommand, type Cli } from "../add-command.ts"
import { CliError } from "../cli-error.ts"
import { READER_FLAG, ReaderDirectory, Slot, SLOT_FLAG, withReader } from "../options/reader.ts"

const Options = z.object({ slot: Slot, reader: ReaderDirectory })

export function addCardRemove(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "remove",
    summary: "pull the card out of the virtual reader, whatever it is doing",
    examples: ["vrijgave card remove", "vrijgave card remove --slot 1"],
    flags: [SLOT_FLAG, READER_FLAG],
    options: Options,
    async run({ slot, reader: directory }, terminal) {
      await withReader(directory, async (reader) => {
        const { card } = await reader.status(slot)
        if (card === undefined) throw new CliError("failed", `There is no card in slot ${slot}.`)
        await reader.remove(slot)
        terminal.print(`The card of ${card.label} is out of slot ${slot}.`)
      })
      return undefined
    },
  })
}
