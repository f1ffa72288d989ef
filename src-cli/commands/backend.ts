import { once } from "node:events"
import { dirname } from "node:path"
import type { Command } from "commander"
import { z } from "zod"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { printInstant } from "../../src-protocol/instant.ts"
import type { Log } from "../../src-backend/http/log.ts"
import { parseBackendConfig } from "../../src-backend/load-config.ts"
import { startBackend, type RunningBackend } from "../../src-backend/server.ts"
import { openPki } from "../../src-testkit/pki/test-pki.ts"
import { addCommand, type Cli } from "../add-command.ts"
import { CliError } from "../cli-error.ts"
import { Directory, FileName, Port, Seconds } from "../options/values.ts"
import { readNamedFile } from "../read-named-file.ts"
import { readRepresentationConfig } from "../representation/read-config.ts"
import type { Terminal } from "../terminal.ts"
import { startTestBackend } from "../test-backend.ts"

const Options = z.object({
  dir: Directory.optional(),
  port: Port.optional(),
  pki: Directory.optional(),
  cycle: Seconds.optional(),
  representation: Port.optional(),
  config: FileName.optional(),
})
type Options = z.infer<typeof Options>

export function addBackend(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "backend",
    summary: "run the reference backend until Ctrl-C or SIGTERM",
    details:
      "With --pki: for tests, plain HTTP on this machine, the revocation lists signed anew each hour.\n" +
      "With --config: for operators, from a JSON file that names TLS files, trust profile, revocation lists and settings.\n" +
      "The log has no address, reference, hash or body in it.",
    examples: [
      "vrijgave backend --dir ./backend --port 8080 --pki ./pki --cycle 60",
      "vrijgave backend --config /etc/vrijgave/backend.json",
    ],
    flags: [
      {
        flags: "--dir <directory>",
        describes: "where it keeps its store and batch key; made where it is not there",
      },
      { flags: "--port <number>", describes: "where it listens on 127.0.0.1; 0 takes any free port" },
      { flags: "--pki <directory>", describes: "the test hierarchy that it believes" },
      { flags: "--cycle <seconds>", describes: "between two batches (default: 7200)" },
      {
        flags: "--representation <number>",
        describes: "run the authorization server for representation too, on this port; 0 takes any free one",
      },
      { flags: "--config <file>", describes: "instead of all these: a configuration file" },
    ],
    options: Options,
    async run(options, terminal) {
      // Asked for before the start: a signal that comes while it starts must stop it cleanly too.
      const { stopping } = terminal
      const backend = await start(options, terminal)
      if (!stopping.aborted) await once(stopping, "abort")
      terminal.tell("Stopping …")
      await backend.stop()
      return undefined
    },
  })
}

async function start(options: Options, terminal: Terminal): Promise<RunningBackend> {
  if (options.config !== undefined) return await startConfigured(options, options.config, terminal)
  const { dir, port, pki: pkiDirectory, cycle, representation: representationPort } = options
  if (dir === undefined || port === undefined || pkiDirectory === undefined)
    throw new CliError(
      "usage",
      "Give --dir, --port and --pki for a test backend, or --config for a configured one.",
    )
  const pki = await openPki(pkiDirectory)
  const clock = () => terminal.now()
  const cycleSeconds = cycle === undefined ? {} : { cycleSeconds: cycle }
  const log = jsonLines(terminal, (line) => {
    terminal.tell(line)
  })
  const representation =
    representationPort === undefined
      ? {}
      : {
          representation: {
            ...{ host: "127.0.0.1", port: representationPort },
            config: await readRepresentationConfig(dir),
          },
        }
  const parts = { directory: dir, pki, port, clock, log }
  const backend = await startTestBackend({ ...parts, ...cycleSeconds, ...representation })
  if (backend.representationIssuer !== undefined)
    terminal.print(`representation ${backend.representationIssuer}`)
  terminal.print(`backend       ${backend.origin}`)
  terminal.print(`operator      ${backend.operatorOrigin} (healthz, readyz, metrics, openapi.json)`)
  terminal.print(`batch key     ${dir}/batch-public-key.pem`)
  return backend
}

async function startConfigured(options: Options, file: string, terminal: Terminal): Promise<RunningBackend> {
  if (
    options.dir !== undefined ||
    options.port !== undefined ||
    options.pki !== undefined ||
    options.representation !== undefined ||
    options.cycle !== undefined
  )
    throw new CliError("usage", "Give --config alone: the file says all the rest.")
  const json = parseJson(file, new TextDecoder().decode(await readNamedFile(file, "--config")))
  const config = await parseBackendConfig(nodeCrypto, json, dirname(file))
  const log = jsonLines(terminal, (line) => {
    terminal.print(line)
  })
  return await startBackend(config, { crypto: nodeCrypto, clock: () => terminal.now(), log })
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new CliError("usage", `--config ${file}: this is not JSON (${String(cause)})`, { cause })
  }
}

function jsonLines(terminal: Terminal, write: (line: string) => void): Log {
  return (line) => {
    write(JSON.stringify({ at: printInstant(terminal.now()), ...line }))
  }
}
