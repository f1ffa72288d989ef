import type { Command } from "commander"
import { z } from "zod"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { readCertificate } from "../../src-protocol/certificate.ts"
import { DEFAULT_MAXIMUM_CRL_AGE } from "../../src-protocol/check-revocation.ts"
import type { CertificateUse } from "../../src-protocol/check-uzi-certificate.ts"
import { judgeCertificate, type CertificateVerdict } from "../../src-protocol/judge-certificate.ts"
import { reasonWords } from "../../src-protocol/reason-words.ts"
import { addCommand, type Cli } from "../add-command.ts"
import { certificateLines, viewCertificate } from "../certificate-view.ts"
import { EXIT, type ExitCode } from "../cli-error.ts"
import { readJudgingTime, REVOCATION_FLAGS, RevocationOptions } from "../options/revocation.ts"
import {
  PROFILE_FLAG,
  ProfileName,
  readCertificates,
  readTrustIfGiven,
  TRUST_FLAGS,
  TrustOptions,
} from "../options/trust.ts"
import { FileName, Switch } from "../options/values.ts"
import { printJson } from "../print-json.ts"
import { refusedJson } from "../show-verdict.ts"

const Options = z.object({
  ...TrustOptions.shape,
  ...RevocationOptions.shape,
  file: FileName,
  chain: z.array(FileName),
  profile: ProfileName,
  json: Switch,
})
type Options = z.infer<typeof Options>

const USES: readonly CertificateUse[] = ["signature", "authentication"]
type UseVerdict = readonly [use: CertificateUse, verdict: CertificateVerdict]

export function addCertificate(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "certificate <file>",
    summary: "show what a certificate says of its holder and, with a root, judge it",
    details:
      "In a file of several certificates the first one is shown, and the others are its chain. With --root or --trust it is\n" +
      "judged for both uses; exit code 3: it may be used for neither.",
    examples: [
      "vrijgave certificate handtekening.cer",
      "vrijgave certificate handtekening.cer --chain zorgverlener-ca.cer --root root.cer --crl crls.pem --at 2019-01-01",
    ],
    flags: [
      ...TRUST_FLAGS,
      {
        flags: "--chain <file>",
        describes: "certificates of authorities between it and the root",
        repeatable: true,
      },
      ...REVOCATION_FLAGS,
      PROFILE_FLAG,
      { flags: "--json", describes: "as JSON" },
    ],
    options: Options,
    async run(options, terminal) {
      const chain = await readChain(options)
      const { at } = await readJudgingTime(options, terminal.now())
      const view = await viewCertificate(nodeCrypto, readCertificate(chain.leaf), at)
      const verdicts = await judgeUses(options, [chain.leaf, ...chain.authorities], terminal.now())
      if (options.json) printJson(terminal, { ...view, verdicts: verdictsJson(verdicts) })
      else for (const line of [...certificateLines(view), ...verdictLines(verdicts)]) terminal.print(line)
      return exitCodeOf(verdicts)
    },
  })
}

async function readChain(
  options: Options,
): Promise<{ leaf: Uint8Array; authorities: readonly Uint8Array[] }> {
  const [leaf, ...authorities] = await readCertificates(options.file)
  for (const file of options.chain) authorities.push(...(await readCertificates(file, "--chain")))
  // `readCertificates` answers at least one: a file without any is its usage error.
  return { leaf: leaf ?? new Uint8Array(), authorities }
}

async function judgeUses(
  options: Options,
  chain: readonly Uint8Array[],
  now: number,
): Promise<readonly UseVerdict[]> {
  const trust = await readTrustIfGiven(options, options.profile)
  if (trust === undefined) return []
  const judging = { crypto: nodeCrypto, trust, maximumCrlAgeMilliseconds: DEFAULT_MAXIMUM_CRL_AGE }
  const facts = { ...judging, ...(await readJudgingTime(options, now)) }
  return await Promise.all(USES.map(async (use) => [use, await judgeCertificate(chain, use, facts)] as const))
}

function verdictLines(verdicts: readonly UseVerdict[]): readonly string[] {
  if (verdicts.length === 0) return ["verdict       none: give --root or --trust to have it judged"]
  return verdicts.flatMap(([use, verdict]) => {
    if (verdict.is === "accepted") return [`verdict       for ${use}: accepted`]
    const { reason, detail } = verdict
    return [
      `verdict       for ${use}: refused, ${reason} (${detail})`,
      `              ${reasonWords.en[reason].clinician}`,
    ]
  })
}

function verdictsJson(verdicts: readonly UseVerdict[]): unknown {
  return Object.fromEntries(
    verdicts.map(([use, verdict]) => [
      use,
      verdict.is === "accepted" ? { verdict: "accepted" } : refusedJson(verdict),
    ]),
  )
}

function exitCodeOf(verdicts: readonly UseVerdict[]): ExitCode {
  const refused = verdicts.length > 0 && verdicts.every(([, verdict]) => verdict.is === "refused")
  return refused ? EXIT.refused : EXIT.success
}
