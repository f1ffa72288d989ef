import type { Command } from "commander"
import { z } from "zod"
import { listCards } from "../../src-testkit/cards/card-record.ts"
import { cardProfile } from "../../src-testkit/profiles.ts"
import { addCommand, type Cli } from "../add-command.ts"
import { CliError } from "../cli-error.ts"
import { Directory, Switch } from "../options/values.ts"
import { printJson } from "../print-json.ts"

const Options = z.object({ softhsm: Directory, json: Switch })

export function addCardList(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "list",
    summary: "the test cards in a SoftHSM home, their test PINs, and what to expect of each",
    examples: ["vrijgave card list --softhsm ./cards"],
    flags: [
      { flags: "--softhsm <directory>", describes: "the private SoftHSM home", required: true },
      { flags: "--json", describes: "as JSON" },
    ],
    options: Options,
    async run({ softhsm, json }, terminal) {
      const cards = await listCards(softhsm)
      if (json) {
        printJson(terminal, cards)
        return undefined
      }
      if (cards.length === 0)
        throw new CliError(
          "failed",
          `There are no test cards in ${softhsm}. Make one with: vrijgave card create`,
        )
      for (const card of cards) {
        terminal.print(
          `${card.label}: ${card.profile}, role ${card.roleCode}, UZI number ${card.uziNumber}, test PIN ${card.pin}`,
        )
        terminal.print(`  ${cardProfile(card.profile).words.en}`)
      }
      return undefined
    },
  })
}
