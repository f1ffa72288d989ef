import { join } from "node:path"
import { z } from "zod"
import { findSofthsmModule } from "../../native/softhsm/find-softhsm-module.ts"
import { softhsmConfigurationPath } from "../../native/softhsm/softhsm-home.ts"
import { readDescription } from "../../native/virtual-card/reader-description.ts"
import { usualReaderDirectory } from "../../native/virtual-card/reader-directory.ts"
import { createCardHost, type CardHost } from "../../src-main/card/host/card-host.ts"
import { forkChildProcess } from "../../src-main/card/host/fork-child-process.ts"
import type { TrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import { listCards, type Card } from "../../src-testkit/cards/card-record.ts"
import { fileExists } from "../../src-testkit/files.ts"
import type { Flag } from "../add-command.ts"
import { CliError } from "../cli-error.ts"
import { readTrust, readTrustIfGiven, type TrustOptions } from "./trust.ts"
import { Directory, FileName } from "./values.ts"

/** The flags that say where cards are. */
export const CARD_FLAGS: readonly Flag[] = [
  { flags: "--softhsm <directory>", describes: "the private SoftHSM home with test cards" },
  { flags: "--module <file>", describes: "instead of that: the PKCS#11 module of a real card's middleware" },
  {
    flags: "--reader [directory]",
    describes: "or: the card in a running vrijgave reader, by OpenSC's PKCS#11 module",
  },
]
export const CardOptions = z.object({
  softhsm: Directory.optional(),
  module: FileName.optional(),
  reader: z.union([z.literal(true).transform(() => usualReaderDirectory()), Directory]).optional(),
})
export type CardOptions = z.infer<typeof CardOptions>

/** The process that holds the card, not started yet. Throws usage errors, and `softhsm-missing`. */
export async function openCardHost({ softhsm, module, reader }: CardOptions): Promise<CardHost> {
  if ([softhsm, module, reader].filter((given) => given !== undefined).length !== 1)
    throw new CliError(
      "usage",
      "Say where the card is: --softhsm DIRECTORY for test cards, --module FILE for a real one, or --reader.",
    )
  if (reader !== undefined) {
    const { environment, openscModule } = await readDescription(reader)
    return createCardHost({ fork: forkChildProcess(environment), modulePath: openscModule })
  }
  if (module !== undefined) return createCardHost({ fork: forkChildProcess(), modulePath: module })
  const configuration = softhsmConfigurationPath(softhsm ?? "")
  if (!(await fileExists(configuration))) {
    const advice = "make a card first: vrijgave card create"
    throw new CliError("usage", `--softhsm ${softhsm ?? ""}: this is no SoftHSM home; ${advice}`)
  }
  const environment = { SOFTHSM2_CONF: configuration }
  return createCardHost({ fork: forkChildProcess(environment), modulePath: findSofthsmModule() })
}

/** Whom to believe: what the flags say or, for a test card, the hierarchy that issued it. */
export async function trustForCard(
  options: CardOptions & TrustOptions,
  named: string,
): Promise<TrustProfile> {
  const given = await readTrustIfGiven(options)
  if (given !== undefined) return given
  const card = await recordedCard(options.softhsm, named)
  return await readTrust(card === undefined ? {} : { trust: join(card.pki, "trust.json") })
}

/** A test card, as it was written down when it was made; `named` is its holder's name, its label or its serial number. */
export async function recordedCard(softhsm: string | undefined, named: string): Promise<Card | undefined> {
  if (softhsm === undefined) return undefined
  const cards = await listCards(softhsm)
  return cards.find(({ name, label, tokenSerialNumber }) => [name, label, tokenSerialNumber].includes(named))
}
