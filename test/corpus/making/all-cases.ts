import type { Facts } from "../../../src-protocol/verify-authorisation.ts"
import type { BadPackage } from "../../support/bad-package.ts"
import { BADLY_CERTIFIED } from "../../support/badly-certified.ts"
import { BADLY_WRITTEN } from "../../support/badly-written.ts"
import { ATTRIBUTE_CASES } from "./attribute-cases.ts"
import { AUTHORITY_CASES } from "./authority-cases.ts"
import { byCard, type CorpusCase } from "./corpus-case.ts"
import { GOOD_CASES } from "./good-cases.ts"
import { LIST_CASES } from "./list-cases.ts"
import { MAIL_CASES } from "./mail-cases.ts"
import { MESSAGE_CASES } from "./message-cases.ts"
import { OPENSSL_CASES } from "./openssl-cases.ts"
import { PASS_CASES } from "./pass-cases.ts"
import { SIGNATURE_CASES } from "./signature-cases.ts"
import { STATEMENT_CASES } from "./statement-cases.ts"

/** The packages that the tests make at run time, but for those whose facts are functions: here these are files. */
const AT_RUN_TIME: readonly CorpusCase[] = [...BADLY_WRITTEN, ...BADLY_CERTIFIED]
  .filter(({ facts }) => facts === undefined)
  .map(({ what, reason, make }: BadPackage & { readonly facts?: (usual: Facts) => Facts }) => ({
    what,
    expect: reason,
    make,
  }))

const TRUST_CASES: readonly CorpusCase[] = [
  byCard("a good package, judged by who believes another root", "untrusted-chain", "arts", {
    trust: "rogue",
  }),
  byCard(
    "a pass of a look-alike, judged by who believes its root but not its authority's key",
    "wrong-issuing-ca",
    "nagemaakt",
    { trust: "rogue" },
  ),
]

/** Every package of the corpus, in the order of its files. */
export const ALL_CASES: readonly CorpusCase[] = [
  ...GOOD_CASES,
  ...AT_RUN_TIME,
  ...MAIL_CASES,
  ...MESSAGE_CASES,
  ...ATTRIBUTE_CASES,
  ...SIGNATURE_CASES,
  ...STATEMENT_CASES,
  ...AUTHORITY_CASES,
  ...LIST_CASES,
  ...PASS_CASES,
  ...OPENSSL_CASES,
  ...TRUST_CASES,
]
