import type { Command } from "commander"
import { z } from "zod"
import type { Dossier } from "../../src-backend/representation/dossier-register.ts"
import type { Correction } from "../../src-backend/representation/store/dossier-records.ts"
import { printInstant } from "../../src-protocol/instant.ts"
import { addCommand, type Cli } from "../add-command.ts"
import { Switch } from "../options/values.ts"
import { printJson } from "../print-json.ts"
import { DOSSIER_FLAGS, DossierOptions, withStore } from "../representation/dossier-options.ts"

const Options = z.object({ ...DossierOptions.shape, json: Switch })

export function addDossierList(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "list",
    summary: "show the dossiers of a care provider, and who corrected them when",
    details: "Of a birth date it shows only whether it is known: it is for comparing, not for reading.",
    examples: ["vrijgave dossier list --dir ./backend --subscriber 90000123"],
    flags: [...DOSSIER_FLAGS, { flags: "--json", describes: "as JSON" }],
    options: Options,
    async run({ dir, subscriber, json }, terminal) {
      const { found, corrections } = await withStore(dir, (store) =>
        store.transaction(async ({ dossiers }) => ({
          found: await dossiers.list(subscriber),
          corrections: await dossiers.corrections(subscriber),
        })),
      )
      const views = found.map(viewOf)
      if (json) printJson(terminal, { dossiers: views, corrections: corrections.map(correctionView) })
      else for (const line of textOf(views, corrections)) terminal.print(line)
      return undefined
    },
  })
}

function viewOf({ reference, subject, birthDate, representatives, services }: Dossier) {
  const known = birthDate === undefined ? "unknown" : birthDate.endsWith("00") ? "known in part" : "known"
  return { reference, subject, birthDate: known, representatives, services }
}

function correctionView({ reference, correctedAt, correctedBy }: Correction) {
  return { reference, correctedAt: printInstant(correctedAt), correctedBy }
}

function textOf(
  views: readonly ReturnType<typeof viewOf>[],
  corrections: readonly Correction[],
): readonly string[] {
  if (views.length === 0) return ["There are no dossiers of this provider."]
  return [
    ...views.map(
      ({ reference, subject, birthDate, representatives, services }) =>
        `${reference}: ${subject}, birth date ${birthDate}, represented by ${orNobody(representatives)}, services ${orNobody(services)}`,
    ),
    ...corrections
      .map(correctionView)
      .map(
        ({ reference, correctedAt, correctedBy }) =>
          `${reference}: corrected ${correctedAt} by ${correctedBy}`,
      ),
  ]
}

function orNobody(names: readonly string[]): string {
  return names.length === 0 ? "-" : names.join(" ")
}
