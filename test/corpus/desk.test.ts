import { expect, test } from "vitest"
import { judgeOwnPackage, type OwnPackageFacts, type ToSign } from "../../src-main/consult/sign-statement.ts"
import { DeskError } from "../../src-main/desk-problem.ts"
import { printInstant } from "../../src-protocol/instant.ts"
import { PASSING_REASONS } from "../../src-protocol/reasons.ts"
import { factsOf, readCorpus, readPackage, type CorpusEntry } from "./support/corpus.ts"

const corpus = readCorpus()

const TO_SIGN: ToSign = {
  code: corpus.statement.code,
  clinician: corpus.signer,
  disclosure: {
    hash: corpus.statement.hash,
    state: "registered",
    represented: false,
    registeredAt: printInstant(corpus.registeredAt),
    expiresAt: printInstant(corpus.expiresAt),
  },
}

async function deskFacts(entry: CorpusEntry): Promise<OwnPackageFacts> {
  const { crypto, trust, at, revocation } = await factsOf(corpus, entry)
  return { crypto, trust, at, revocation, clockDifferenceMilliseconds: 0 }
}

test.each(corpus.cases.filter((entry) => entry.expect !== "authorised"))(
  "$file does not leave the desk: $expect",
  async (entry) => {
    const judging = judgeOwnPackage(readPackage(entry), TO_SIGN, await deskFacts(entry))
    const error: unknown = await judging.then(
      () => undefined,
      (cause: unknown) => cause,
    )
    expect(error).toBeInstanceOf(DeskError)
    const retriable = [...PASSING_REASONS].some((reason) => reason === entry.expect)
    expect(error).toMatchObject({ problem: { code: "JUDGED_UNFIT", reason: entry.expect, retriable } })
  },
)

test.each(corpus.cases.filter((entry) => entry.expect === "authorised"))(
  "$file is fit to leave the desk",
  async (entry) => {
    const authorised = await judgeOwnPackage(readPackage(entry), TO_SIGN, await deskFacts(entry))
    expect(authorised).toMatchObject({ is: "authorised", hash: corpus.statement.hash })
  },
)
