import type { Command } from "commander"
import { z } from "zod"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { DEFAULT_MAXIMUM_CRL_AGE } from "../../src-protocol/check-revocation.ts"
import {
  compareAuthorisation,
  SIGNING_TIME_TOLERANCE,
  verifyAuthorisation,
} from "../../src-protocol/verify-authorisation.ts"
import { addCommand, type Cli } from "../add-command.ts"
import { readJudgingTime, REVOCATION_FLAGS, RevocationOptions } from "../options/revocation.ts"
import { PROFILE_FLAG, ProfileName, readTrust, TRUST_FLAGS, TrustOptions } from "../options/trust.ts"
import { FileName, HashDigits, Switch, Text } from "../options/values.ts"
import { readCode } from "../options/word-lists.ts"
import { readNamedFile } from "../read-named-file.ts"
import { showVerdict } from "../show-verdict.ts"

const Options = z.object({
  ...TrustOptions.shape,
  ...RevocationOptions.shape,
  file: FileName,
  hash: HashDigits.optional(),
  code: Text.optional(),
  profile: ProfileName,
  json: Switch,
})

export function addVerify(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "verify <file>",
    summary: "judge an authorisation (the S/MIME package) as the phone and the backend do",
    details:
      "Exit code 0: authorised. 3: refused, with the reason. 2: asked in the wrong way. Nothing is fetched from anywhere:\n" +
      "without revocation lists (--crl) nobody can know that the card was not revoked, and the answer is no.",
    examples: [
      "vrijgave verify authorisation.p7m --root root.pem --crl crls.pem",
      "vrijgave verify authorisation.p7m --trust trust.json --crl crls.pem --at 2026-04-12T14:30:00Z --code 123456-7890",
    ],
    flags: [
      ...TRUST_FLAGS,
      ...REVOCATION_FLAGS,
      { flags: "--hash <digits>", describes: "the hash that must have been signed" },
      { flags: "--code <code>", describes: "the ten digits, or four trustwords, that must have been signed" },
      PROFILE_FLAG,
      { flags: "--json", describes: "the verdict as JSON" },
    ],
    options: Options,
    async run(options, terminal) {
      const trust = await readTrust(options, options.profile)
      const authorisation = await readNamedFile(options.file)
      const { at, revocation } = await readJudgingTime(options, terminal.now())
      const code = options.code === undefined ? undefined : await readCode(options.code, "en")
      const verdict = await verifyAuthorisation(authorisation, {
        ...{ crypto: nodeCrypto, trust, at, revocation },
        // When it was registered only phone and backend know: any time up to the judged one can be right.
        policy: {
          signedBetween: [0, at + SIGNING_TIME_TOLERANCE],
          maximumCrlAgeMilliseconds: DEFAULT_MAXIMUM_CRL_AGE,
        },
      })
      const expected = { ...(options.hash === undefined ? {} : { hash: options.hash }), ...code }
      return showVerdict(terminal, compareAuthorisation(verdict, expected), options.json)
    },
  })
}
