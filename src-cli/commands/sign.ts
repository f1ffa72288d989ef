import { join } from "node:path"
import type { Command } from "commander"
import { z } from "zod"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import type { StateEvent } from "../../src-protocol/api.ts"
import { createDesk } from "../../src-main/consult/consult.ts"
import { addCommand, type Cli } from "../add-command.ts"
import { CliError, EXIT, type ExitCode } from "../cli-error.ts"
import { CARD_FLAGS, CardOptions, openCardHost, recordedCard, trustForCard } from "../options/card.ts"
import { openPinSource, PIN_FLAGS, PinOptions } from "../options/pin.ts"
import { TRUST_FLAGS, TrustOptions } from "../options/trust.ts"
import { BackendUrl, Directory, SecondsOrNone, Switch, Text } from "../options/values.ts"
import { LANGUAGE_FLAG, readCode, wordListOf, WordLanguage } from "../options/word-lists.ts"
import { showSigned } from "../show-signed.ts"
import { signDialogue, type SaidBeforehand } from "../sign-dialogue.ts"
import type { Terminal } from "../terminal.ts"

const Options = z.object({
  ...CardOptions.shape,
  ...TrustOptions.shape,
  ...PinOptions.shape,
  backend: BackendUrl,
  token: Text,
  code: Text,
  language: WordLanguage,
  readBack: Text.optional(),
  readBackConfirmed: Switch,
  consent: Switch,
  outbox: Directory.optional(),
  follow: SecondsOrNone.default(30),
  json: Switch,
})
type Options = z.infer<typeof Options>

export function addSign(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "sign",
    summary: "the clinician's side: find what a patient registered, sign it with a card, hand it in",
    details:
      "Signs in with the card, looks the code up, shows the two check words (the patient says them) and who signs, asks for\n" +
      "consent and PIN, signs, judges the package as the phone will, posts it and follows what the phone says.\n" +
      "Where nobody can be asked, --consent and one of --read-back and --read-back-confirmed must say it beforehand.\n" +
      "Exit code 0: the backend has it. 3: refused by desk, backend or phone.",
    examples: [
      'vrijgave sign --backend http://127.0.0.1:8080 --softhsm ./cards --token "A. de Vries" --code 123456-7890',
      'vrijgave sign … --code 123456-7890 --consent --read-back "apple river" --pin-fd 3 --json 3<pin.txt',
    ],
    flags: [
      { flags: "--backend <url>", describes: "the backend, such as http://127.0.0.1:8080", required: true },
      ...CARD_FLAGS,
      {
        flags: "--token <name>",
        describes: "label or serial number of the card, or its holder's name",
        required: true,
      },
      {
        flags: "--code <code>",
        describes: "the ten digits, or the four trustwords, of the patient",
        required: true,
      },
      ...TRUST_FLAGS,
      ...PIN_FLAGS,
      LANGUAGE_FLAG,
      {
        flags: "--read-back <words>",
        describes: "the two check words that the patient said: they are compared",
      },
      {
        flags: "--read-back-confirmed",
        describes: "the patient's words were compared elsewhere and are the same",
      },
      { flags: "--consent", describes: "the patient has consented" },
      {
        flags: "--outbox <directory>",
        describes: "where packages wait that could not be sent (default: in the SoftHSM home)",
      },
      { flags: "--follow <seconds>", describes: "wait so long for the phone (default: 30); 0 does not" },
      { flags: "--json", describes: "the outcome as JSON" },
    ],
    options: Options,
    run: (options, terminal) => sign(options, terminal),
  })
}

async function sign(options: Options, terminal: Terminal): Promise<ExitCode> {
  const said = saidBeforehand(options, terminal)
  const code = await readCode(options.code, options.language)
  const trust = await trustForCard(options, options.token)
  const outboxDirectory = outboxOf(options)
  const cardHost = await openCardHost(options)
  const pins = openPinSource(options, terminal)
  try {
    const parts = { origin: options.backend, trust, crypto: nodeCrypto, cardHost, outboxDirectory }
    const desk = createDesk({ ...parts, clock: () => terminal.now() })
    const words = wordListOf(options.language)
    const card = await recordedCard(options.softhsm, options.token)
    const token = card?.tokenSerialNumber ?? options.token
    const request = { token, code, words, said, followSeconds: options.follow }
    const signed = await signDialogue(desk, pins, request, terminal)
    showSigned(terminal, signed, options.json)
    return exitCodeFor(signed.outcome)
  } finally {
    pins.wipe()
    cardHost.stop()
  }
}

/** Before any PIN: where nobody can be asked, everything must have been said. */
function saidBeforehand(options: Options, terminal: Terminal): SaidBeforehand {
  const { consent, readBackConfirmed, readBack } = options
  const complete = consent && (readBackConfirmed || readBack !== undefined)
  if (!complete && !terminal.isInteractive) {
    const missing = consent ? "--read-back WORDS or --read-back-confirmed" : "--consent"
    throw new CliError(
      "usage",
      `There is no terminal to ask on, and ${missing} was not given: nothing is signed.`,
    )
  }
  return { consent, readBackConfirmed, ...(readBack === undefined ? {} : { readBack }) }
}

function outboxOf({ outbox, softhsm }: Options): string {
  if (outbox !== undefined) return outbox
  if (softhsm !== undefined) return join(softhsm, "outbox")
  throw new CliError(
    "usage",
    "With --module or --reader say also where packages may wait: --outbox DIRECTORY.",
  )
}

/** After a mismatch the disclosure is `registered` again, with the phone's reason. */
function exitCodeFor({ state, reason }: StateEvent): ExitCode {
  return state === "refused" || reason !== undefined ? EXIT.refused : EXIT.success
}
