import { once } from "node:events"
import type { Command } from "commander"
import { z } from "zod"
import { startRepresentation } from "../../src-backend/representation/start-representation.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { printInstant } from "../../src-protocol/instant.ts"
import { addCommand, type Cli } from "../add-command.ts"
import { Directory, Port } from "../options/values.ts"
import { readRepresentationConfig } from "../representation/read-config.ts"

const Options = z.object({ dir: Directory, port: Port })

export function addRepresentation(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "representation",
    summary:
      "run the MedMij authorization server for representation (RFC0075) alone, until Ctrl-C or SIGTERM",
    details:
      "For tests: plain HTTP on this machine, with a mock of DigiD. Providers, clients and settings are in\n" +
      "representation.json in its directory, which is made where it is not there; dossiers: vrijgave dossier add.\n" +
      "With a backend it runs by: vrijgave backend --representation <port>. Its log has no date and no person in it.",
    examples: ["vrijgave representation --dir ./representation --port 8090"],
    flags: [
      {
        flags: "--dir <directory>",
        describes: "where it keeps its store; made where it is not there",
        required: true,
      },
      {
        flags: "--port <number>",
        describes: "where it listens on 127.0.0.1; 0 takes any free port",
        required: true,
      },
    ],
    options: Options,
    async run({ dir, port }, terminal) {
      const { stopping } = terminal
      const config = await readRepresentationConfig(dir)
      const running = await startRepresentation(dir, { host: "127.0.0.1", port }, config, {
        crypto: nodeCrypto,
        clock: () => terminal.now(),
        log: (line) => {
          terminal.tell(JSON.stringify({ at: printInstant(terminal.now()), ...line }))
        },
      })
      terminal.print(`representation ${running.issuer}`)
      if (!stopping.aborted) await once(stopping, "abort")
      terminal.tell("Stopping …")
      await running.stop()
      return undefined
    },
  })
}
