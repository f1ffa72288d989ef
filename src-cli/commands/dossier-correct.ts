import type { Command } from "commander"
import { z } from "zod"
import { addCommand, type Cli } from "../add-command.ts"
import { CliError } from "../cli-error.ts"
import {
  BirthDate,
  DOSSIER_FLAGS,
  DossierOptions,
  Reference,
  withStore,
} from "../representation/dossier-options.ts"

const Options = z.object({ ...DossierOptions.shape, reference: Reference, birthDate: BirthDate })

export function addDossierCorrect(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "correct",
    summary: "correct the birth date in a dossier; that it was done, and when, is kept",
    examples: [
      "vrijgave dossier correct --dir ./backend --subscriber 90000123 --reference D-17 --birth-date 19700109",
    ],
    flags: [
      ...DOSSIER_FLAGS,
      { flags: "--reference <reference>", describes: "the provider's own, such as D-17", required: true },
      { flags: "--birth-date <date>", describes: "the right one, as JJJJMMDD", required: true },
    ],
    options: Options,
    async run({ dir, subscriber, reference, birthDate }, terminal) {
      const correction = { reference, correctedAt: terminal.now(), correctedBy: "administrator" }
      const corrected = await withStore(dir, async (store) => {
        const found = await store.transaction(({ dossiers }) =>
          dossiers.correct(subscriber, birthDate, correction),
        )
        // The date of before is still in the pages of the write-ahead log.
        await store.forgetDeleted()
        return found
      })
      if (!corrected) throw new CliError("failed", `There is no dossier ${reference} of this provider.`)
      terminal.print(`Corrected: ${reference}`)
      return undefined
    },
  })
}
