import type { Command } from "commander"
import { z } from "zod"
import { createCard } from "../../src-testkit/cards/create-card.ts"
import { openPki } from "../../src-testkit/pki/test-pki.ts"
import { CARD_PROFILE_IDS, cardProfile } from "../../src-testkit/profiles.ts"
import { addCommand, type Cli } from "../add-command.ts"
import { Directory, Switch, Text } from "../options/values.ts"
import { printJson } from "../print-json.ts"

const Options = z.object({
  profile: Text,
  name: Text,
  pki: Directory,
  softhsm: Directory,
  pin: Text.optional(),
  json: Switch,
})

export function addCardCreate(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "create",
    summary: "make a test card: a SoftHSM token with three key pairs and their certificates",
    details:
      `Profiles: ${CARD_PROFILE_IDS.join(", ")}.\n` +
      "The PIN is a test PIN: it is written down in cards.json. Never type the PIN of a real pass here.",
    examples: ['vrijgave card create --profile arts --name "A. de Vries" --pki ./pki --softhsm ./cards'],
    flags: [
      { flags: "--profile <profile>", describes: "what kind of card", required: true },
      { flags: "--name <name>", describes: "of the holder; the token gets it as its label", required: true },
      { flags: "--pki <directory>", describes: "the test hierarchy that issues it", required: true },
      {
        flags: "--softhsm <directory>",
        describes: "the private SoftHSM home; made where it is not there",
        required: true,
      },
      {
        flags: "--pin <pin>",
        describes: "a test PIN of 4 to 12 letters or digits (default: six random digits)",
      },
      { flags: "--json", describes: "as JSON" },
    ],
    options: Options,
    async run({ profile: id, name, pki: pkiDirectory, softhsm, pin, json }, terminal) {
      const profile = cardProfile(id)
      const pki = await openPki(pkiDirectory)
      const at = terminal.now()
      const card = await createCard({
        ...{ pki, profile: id, name, at, softhsmDirectory: softhsm },
        ...(pin === undefined ? {} : { pin }),
      })
      if (json) {
        printJson(terminal, { ...card, expect: profile.expect, words: profile.words })
        return undefined
      }
      terminal.print(
        `Card "${card.label}" is on its token in ${softhsm}. UZI number ${card.uziNumber}, role ${card.roleCode}.`,
      )
      terminal.print(`Test PIN ${card.pin}, PUK ${card.puk} (both in ${softhsm}/cards.json).`)
      terminal.print(`What to expect: ${profile.words.en}`)
      terminal.print(`Wat te verwachten: ${profile.words.nl}`)
      return undefined
    },
  })
}
