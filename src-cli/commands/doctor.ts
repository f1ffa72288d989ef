import type { Command } from "commander"
import { z } from "zod"
import { readDescription } from "../../native/virtual-card/reader-description.ts"
import { addCommand, type Cli } from "../add-command.ts"
import { EXIT } from "../cli-error.ts"
import { examineBackend } from "../doctor/examine-backend.ts"
import { examineCards } from "../doctor/examine-card.ts"
import { examineMachine } from "../doctor/examine-machine.ts"
import { findingLines, type Finding } from "../doctor/finding.ts"
import { CARD_FLAGS, CardOptions, openCardHost } from "../options/card.ts"
import { forkChildProcess } from "../../src-main/card/host/fork-child-process.ts"
import { lookAtReaders } from "../../src-main/card/card-watcher.ts"
import { BackendUrl, Switch } from "../options/values.ts"
import { printJson } from "../print-json.ts"
import type { Terminal } from "../terminal.ts"

const Options = z.object({ ...CardOptions.shape, backend: BackendUrl.optional(), json: Switch })
type Options = z.infer<typeof Options>

export function addDoctor(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "doctor",
    summary:
      "look at readers, module, cards, certificates, PIN, clock and backend: what is right, and what to do about what is not",
    details: "No PIN is asked for and none is tried. Exit code 0: all is right.",
    examples: [
      "vrijgave doctor",
      "vrijgave doctor --softhsm ./cards --backend http://127.0.0.1:8080",
      "vrijgave doctor --module /usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
    ],
    flags: [
      ...CARD_FLAGS,
      { flags: "--backend <url>", describes: "look also whether this backend answers, and at its clock" },
      { flags: "--json", describes: "the findings as JSON" },
    ],
    options: Options,
    async run(options, terminal) {
      const findings = await examine(options, terminal)
      if (options.json) printJson(terminal, findings)
      else for (const line of findings.flatMap(findingLines)) terminal.print(line)
      return findings.some(({ is }) => is === "wrong") ? EXIT.failure : EXIT.success
    },
  })
}

async function examine(options: Options, terminal: Terminal): Promise<readonly Finding[]> {
  const { softhsm, module, reader, backend } = options
  const noCards = softhsm === undefined && module === undefined && reader === undefined
  const ofCards = noCards
    ? examineMachine(await lookAtReaders(forkChildProcess()))
    : await cardFindings(options, terminal)
  const ofBackend = backend === undefined ? [] : await examineBackend(backend, () => terminal.now())
  return [...ofCards, ...ofBackend]
}

async function cardFindings(options: Options, terminal: Terminal): Promise<readonly Finding[]> {
  const host = await openCardHost(options)
  try {
    // Test cards in files are in no reader.
    const environment =
      options.reader === undefined ? {} : (await readDescription(options.reader)).environment
    const readers =
      options.softhsm === undefined ? await lookAtReaders(forkChildProcess(environment)) : undefined
    return await examineCards(host, readers, options, terminal.now())
  } finally {
    host.stop()
  }
}
