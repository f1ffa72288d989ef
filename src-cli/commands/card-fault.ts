import type { Command } from "commander"
import { z } from "zod"
import type { Effect, Fault } from "../../native/virtual-card/faults.ts"
import { addCommand, type Cli } from "../add-command.ts"
import { READER_FLAG, ReaderDirectory, Slot, SLOT_FLAG, withReader } from "../options/reader.ts"
import { Switch } from "../options/values.ts"

const KINDS = [
  "none",
  "removal",
  "power-loss",
  "reset",
  "status",
  "delay",
  "garbage",
  "silence",
  "truncation",
  "wrong-bytes",
] as const

const WHOLE = z
  .string()
  .regex(/^[0-9]{1,6}$/, "give a whole number")
  .transform(Number)

const Options = z.object({
  kind: z.enum(KINDS, `a fault is one of: ${KINDS.join(", ")}`),
  at: WHOLE.refine((index) => index > 0, "commands are counted from 1").optional(),
  signing: Switch,
  always: Switch,
  milliseconds: WHOLE.default(0),
  slot: Slot,
  reader: ReaderDirectory,
})

export function addCardFault(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "fault <kind>",
    summary: "let something go wrong with the card in the virtual reader, at a command to come",
    details:
      "removal: pulled out. power-loss: out and in at once. reset: the card forgets the PIN. status: it answers 6F00.\n" +
      "delay: it answers late. garbage, truncation: it answers nonsense, or half. silence: it answers no more.\n" +
      "wrong-bytes: a signature that does not verify. none: takes back what was asked for.",
    examples: [
      "vrijgave card fault removal --signing --milliseconds 50",
      "vrijgave card fault silence --at 12",
      "vrijgave card fault none",
    ],
    flags: [
      { flags: "--at <number>", describes: "at which command from now, counted from 1 (default: the next)" },
      { flags: "--signing", describes: "at a command that uses a key" },
      { flags: "--always", describes: "each time instead of once" },
      { flags: "--milliseconds <number>", describes: "of a delay, or how far into the command a removal is" },
      SLOT_FLAG,
      READER_FLAG,
    ],
    options: Options,
    async run(options, terminal) {
      const faults = faultsOf(options)
      await withReader(options.reader, (reader) => reader.setFaults(faults, options.slot))
      terminal.print(faults.length === 0 ? "Nothing will go wrong." : `It will go wrong: ${options.kind}.`)
      return undefined
    },
  })
}

/** GENERAL AUTHENTICATE, the last part of it: the one command that uses a private key. */
const USES_KEY = "0087"

function faultsOf({ kind, at, signing, always, milliseconds }: z.output<typeof Options>): readonly Fault[] {
  if (kind === "none") return []
  const when = { ...(at === undefined ? {} : { index: at }), ...(signing ? { begins: USES_KEY } : {}) }
  return [{ when, then: effectOf(kind, milliseconds), ...(always ? { times: "always" } : {}) }]
}

function effectOf(kind: Exclude<(typeof KINDS)[number], "none">, milliseconds: number): Effect {
  switch (kind) {
    case "removal":
      return { is: kind, afterMilliseconds: milliseconds }
    case "status":
      return { is: kind, status: 0x6f00 }
    case "delay":
      return { is: kind, milliseconds }
    case "truncation":
      return { is: kind, bytes: 20 }
    case "power-loss":
    case "reset":
    case "garbage":
    case "silence":
    case "wrong-bytes":
      return { is: kind }
  }
}
