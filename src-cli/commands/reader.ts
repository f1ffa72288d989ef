import { once } from "node:events"
import type { Command } from "commander"
import { z } from "zod"
import { startPrivateReader, type PrivateReader } from "../../native/virtual-card/private-reader.ts"
import { addCommand, type Cli } from "../add-command.ts"
import { ReaderDirectory } from "../options/reader.ts"
import { Switch } from "../options/values.ts"
import type { Terminal } from "../terminal.ts"

const Options = z.object({ dir: ReaderDirectory, slow: Switch })

export function addReader(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "reader",
    summary:
      "run a virtual card reader until Ctrl-C or SIGTERM: a real PC/SC service with a reader of two slots",
    details:
      "For tests, on Debian and Ubuntu. It runs in namespaces of its own: nothing listens on the network, the system's\n" +
      "card service and real readers are left alone, and nothing is installed: what is missing is unpacked into .cache.\n" +
      "Then, from another terminal: vrijgave card insert. What was put in is forgotten when the reader ends.",
    examples: ["vrijgave reader", "vrijgave reader --slow"],
    flags: [
      { flags: "--dir <directory>", describes: "where it lives; made, and removed at the end" },
      { flags: "--slow", describes: "41 ms a message, close to a real card" },
    ],
    options: Options,
    async run({ dir, slow }, terminal) {
      // Asked for before the start: a signal that comes while it starts must stop it cleanly too.
      const { stopping } = terminal
      const reader = await startPrivateReader({ directory: dir, speed: slow ? "slow" : "fast" })
      show(reader, terminal)
      if (!stopping.aborted) await once(stopping, "abort")
      terminal.tell("Stopping …")
      await reader.stop()
      return undefined
    },
  })
}

function show({ directory, openscModule, environment }: PrivateReader, terminal: Terminal): void {
  terminal.print(`The reader runs, in ${directory}. Put a card in, from another terminal:`)
  terminal.print("  vrijgave card insert --profile arts --pki ./pki")
  terminal.print("For vrijgave sign and doctor: --reader. For other programs:")
  for (const [name, value] of Object.entries(environment)) terminal.print(`  export ${name}='${value}'`)
  terminal.print(`  PKCS#11 module: ${openscModule}`)
}
