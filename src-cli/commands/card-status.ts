import type { Command } from "commander"
import { z } from "zod"
import type { SlotStatus } from "../../native/virtual-card/control-messages.ts"
import { addCommand, type Cli } from "../add-command.ts"
import { READER_FLAG, ReaderDirectory, withReader } from "../options/reader.ts"
import { Switch } from "../options/values.ts"
import { printJson } from "../print-json.ts"

const Options = z.object({ reader: ReaderDirectory, json: Switch })

export function addCardStatus(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "status",
    summary: "what is in the virtual reader: whose card, how many tries its PIN has, whether it is verified",
    examples: ["vrijgave card status", "vrijgave card status --json"],
    flags: [READER_FLAG, { flags: "--json", describes: "as JSON" }],
    options: Options,
    async run({ reader: directory, json }, terminal) {
      const slots = await withReader(directory, async (reader) => [
        await reader.status(0),
        await reader.status(1),
      ])
      if (json) printJson(terminal, slots)
      else for (const [slot, status] of slots.entries()) terminal.print(`Slot ${slot}: ${describe(status)}`)
      return undefined
    },
  })
}

function describe({ card, seen, apdus, faultsSpent }: SlotStatus): string {
  const faults = faultsSpent ? "" : "; a fault waits"
  if (card === undefined) return `empty${faults}`
  const { label, pinTries, pukTries, pinVerified } = card
  const pin = pinTries === 0 ? "PIN blocked" : `PIN ${pinVerified ? "verified" : "not verified"}`
  const known = seen ? "" : "; the card service has not seen it"
  return `${label}; ${pin}, ${pinTries} tries left, PUK ${pukTries}; ${apdus} commands${known}${faults}`
}
