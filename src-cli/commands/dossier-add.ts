import type { Command } from "commander"
import { z } from "zod"
import { addCommand, type Cli } from "../add-command.ts"
import { CliError } from "../cli-error.ts"
import {
  BirthDate,
  DOSSIER_FLAGS,
  DossierOptions,
  Reference,
  Subject,
  withStore,
} from "../representation/dossier-options.ts"

const Options = z.object({
  ...DossierOptions.shape,
  reference: Reference,
  subject: Subject,
  birthDate: BirthDate.optional(),
  representative: z.array(Subject),
  service: z.array(z.string().regex(/^[A-Za-z0-9]{1,30}$/, "the number of a data service, such as 48")),
})

export function addDossierAdd(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "add",
    summary: "make the authorization server know a person of a care provider",
    details: "Persons go by pseudonyms: a BSN has no place here.",
    examples: [
      "vrijgave dossier add --dir ./backend --subscriber 90000123 --reference D-17 --subject mother --birth-date 19700901 --representative anna --service 48",
    ],
    flags: [
      ...DOSSIER_FLAGS,
      { flags: "--reference <reference>", describes: "the provider's own, such as D-17", required: true },
      { flags: "--subject <pseudonym>", describes: "of the person", required: true },
      { flags: "--birth-date <date>", describes: "as JJJJMMDD; left out where nobody knows it" },
      { flags: "--representative <pseudonym>", describes: "who may act for the person", repeatable: true },
      { flags: "--service <number>", describes: "a data service with data of the person", repeatable: true },
    ],
    options: Options,
    async run({ dir, subscriber, reference, subject, birthDate, representative, service }, terminal) {
      const dossier = {
        ...{ reference, subject, representatives: representative, services: service },
        ...(birthDate === undefined ? {} : { birthDate }),
      }
      const added = await withStore(dir, (store) =>
        store.transaction(({ dossiers }) => dossiers.add(subscriber, dossier)),
      )
      if (!added)
        throw new CliError("failed", `There is a dossier ${reference}, or one of ${subject}, already.`)
      terminal.print(`Added: ${reference}`)
      return undefined
    },
  })
}
