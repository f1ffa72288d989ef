import { join } from "node:path"
import type { Command } from "commander"
import { z } from "zod"
import { openVirtualCard, type StoredVirtualCard } from "../../src-testkit/cards/virtual-card-store.ts"
import { openPki } from "../../src-testkit/pki/test-pki.ts"
import { CARD_PROFILE_IDS, cardProfile } from "../../src-testkit/profiles.ts"
import { addCommand, type Cli } from "../add-command.ts"
import { READER_FLAG, ReaderDirectory, Slot, SLOT_FLAG, withReader } from "../options/reader.ts"
import { Directory, Switch, Text } from "../options/values.ts"
import { printJson } from "../print-json.ts"
import type { Terminal } from "../terminal.ts"

const Options = z.object({
  profile: Text,
  name: Text.default("Anna Proefpas"),
  pki: Directory,
  cards: Directory.optional(),
  pin: Text.optional(),
  slot: Slot,
  reader: ReaderDirectory,
  json: Switch,
})

export function addCardInsert(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "insert",
    summary: "put a test card in the virtual reader: a chip with three key pairs and their certificates",
    details:
      `Profiles: ${CARD_PROFILE_IDS.join(", ")}.\n` +
      "The same profile and name are the same card, made the first time. It waits for a running vrijgave reader.\n" +
      "The PIN is a test PIN: it is written down with the card. Never type the PIN of a real pass here.",
    examples: [
      "vrijgave card insert --profile arts --pki ./pki",
      'vrijgave card insert --profile huisarts --name "Zoë Jansen" --pki ./pki --slot 1',
    ],
    flags: [
      { flags: "--profile <profile>", describes: "what kind of card", required: true },
      { flags: "--name <name>", describes: 'of the holder (default: "Anna Proefpas")' },
      { flags: "--pki <directory>", describes: "the test hierarchy that issues it", required: true },
      {
        flags: "--cards <directory>",
        describes: "where chips are kept (default: virtual-cards in the hierarchy)",
      },
      {
        flags: "--pin <pin>",
        describes: "6 to 8 digits, for a card that is made now (default: six random digits)",
      },
      SLOT_FLAG,
      READER_FLAG,
      { flags: "--json", describes: "as JSON" },
    ],
    options: Options,
    async run({ profile, name, pki: pkiDirectory, cards, pin, slot, reader: directory, json }, terminal) {
      const card = await withReader(directory, async (reader) => {
        const pki = await openPki(pkiDirectory)
        const wanted = { pki, profile, name, at: terminal.now(), ...(pin === undefined ? {} : { pin }) }
        const found = await openVirtualCard(cards ?? join(pkiDirectory, "virtual-cards"), wanted)
        await reader.insert(found.image, slot)
        return found
      })
      show(card, slot, json, terminal)
      return undefined
    },
  })
}

function show(card: StoredVirtualCard, slot: number, json: boolean, terminal: Terminal): void {
  const { profile, name, uziNumber, roleCode, tokenSerialNumber, image } = card
  const { expect, words } = cardProfile(profile)
  if (json) {
    const { pin, puk } = image
    printJson(terminal, {
      profile,
      name,
      uziNumber,
      roleCode,
      tokenSerialNumber,
      pin,
      puk,
      slot,
      expect,
      words,
    })
    return
  }
  terminal.print(`The card of ${name} is in slot ${slot}. UZI number ${uziNumber}, role ${roleCode}.`)
  terminal.print(`Test PIN ${image.pin}, PUK ${image.puk}; serial number ${tokenSerialNumber}.`)
  terminal.print(`What to expect: ${words.en}`)
  terminal.print(`Wat te verwachten: ${words.nl}`)
}
