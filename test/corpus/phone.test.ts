import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { authoritiesSeen } from "./support/authorities.ts"
import { base64UrlOf } from "../../src-protocol/bytes.ts"
import { DEFAULT_MAXIMUM_CRL_AGE } from "../../src-protocol/check-revocation.ts"
import { codeDigits } from "../../src-protocol/code.ts"
import { issuerKeyIdOf, readCrl } from "../../src-protocol/crl.ts"
import { ProtocolError } from "../../src-protocol/errors.ts"
import { PASSING_REASONS, type RefusalReason } from "../../src-protocol/reasons.ts"
import { reasonWords } from "../../src-protocol/reason-words.ts"
import { STATE_FORMAT, STATE_VERSION, type PhoneState } from "../../src-phone/state/phone-state.ts"
import { temporaryDirectory, testPhone, type TestPhone } from "../phone/support/phones.ts"
import {
  atOtherTime,
  crlBytes,
  packageAnswer,
  problem,
  scriptedBackend,
  type Reply,
  type ScriptedBackend,
} from "../phone/support/scripted-backend.ts"
import {
  listsOf,
  lowestNumbersOf,
  readCorpus,
  readPackage,
  trustOf,
  type CorpusEntry,
} from "./support/corpus.ts"

const corpus = readCorpus()

/** A phone judges as of now, when it picks up: of a list that comes later it cannot know yet. */
const cases = corpus.cases.filter(({ checkedAt }) => checkedAt === undefined)

/** The list of whoever is asked for, as far as it can be read and says whose it is. */
function crlsOf(entry: CorpusEntry): Reply {
  const byKey = new Map(listsOf(entry).map((list) => [keyIdOf(list), list]))
  return (response, request) => {
    const list = byKey.get(request.path.split("/").at(-1))
    if (list === undefined) problem(404, "not-found")(response, request)
    else crlBytes(list)(response, request)
  }
}

function keyIdOf(list: Uint8Array): string | undefined {
  try {
    return issuerKeyIdOf(readCrl(list))
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    return undefined
  }
}

/** What a phone has on its disk that registered the corpus' disclosure. */
async function registeredState(entry: CorpusEntry): Promise<PhoneState> {
  return {
    format: STATE_FORMAT,
    version: STATE_VERSION,
    seed: { day: Math.floor(corpus.at / 86_400_000) - 5, key: base64UrlOf(new Uint8Array(32).fill(1)) },
    authorities: authoritiesSeen(await trustOf(entry), lowestNumbersOf(entry)),
    disclosure: {
      step: "registered",
      code: codeDigits(corpus.statement.code),
      opaque: base64UrlOf(corpus.opaque),
      hash: corpus.statement.hash,
      pickupKey: base64UrlOf(new Uint8Array(32).fill(2)),
      composedAt: corpus.registeredAt,
      expiresAt: corpus.expiresAt,
      mismatches: 0,
    },
  }
}

interface Scene extends TestPhone {
  readonly backend: ScriptedBackend
}

/** The phone of the corpus at its moment, offered this package by a backend with the same clock. */
async function offered(entry: CorpusEntry): Promise<Scene> {
  const backend = await scriptedBackend()
  const clockDifference = corpus.at - Date.now()
  backend.on("pickUp", atOtherTime(clockDifference, packageAnswer(readPackage(entry))))
  backend.on("crl", atOtherTime(clockDifference, crlsOf(entry)))
  const file = join(await temporaryDirectory(), "phone.json")
  await writeFile(file, JSON.stringify(await registeredState(entry)))
  const made = await testPhone(backend.origin, await trustOf(entry), {
    file,
    clock: () => corpus.at,
    settings: { maximumCrlAgeMilliseconds: DEFAULT_MAXIMUM_CRL_AGE },
  })
  return { backend, ...made }
}

const receipts = ({ backend }: Scene): unknown[] =>
  backend.of("receipt").map(({ body }): unknown => JSON.parse(body.toString()))

const PASSING: ReadonlySet<string> = PASSING_REASONS
const refused = cases.filter(({ expect }) => expect !== "authorised")

describe("on the phone", () => {
  test.each(refused.filter((entry) => !PASSING.has(entry.expect)))(
    "$file is refused for $expect, and the desk is told",
    async (entry) => {
      const scene = await offered(entry)
      const view = await scene.phone.wait()
      expect(view).toMatchObject({ situation: "refused", reason: entry.expect })
      expect(receipts(scene)).toEqual([{ accepted: false, reason: entry.expect }])
      expect(scene.backend.of("publish")).toEqual([])
    },
  )

  test.each(refused.filter((entry) => PASSING.has(entry.expect)))(
    "$file is kept for later because of $expect, and nobody is told that it is wrong",
    async (entry) => {
      const scene = await offered(entry)
      const view = await scene.phone.wait()
      expect(view).toMatchObject({ situation: "received", trouble: entry.expect })
      // The index holds reasons of judging and `authorised` only, and the latter were filtered out.
      const { patient } = reasonWords.en[entry.expect as RefusalReason]
      expect(view.sentences).toContain(patient)
      expect(receipts(scene)).toEqual([])
    },
  )

  test.each(cases.filter((entry) => entry.expect === "authorised"))("$file is accepted", async (entry) => {
    const scene = await offered(entry)
    const view = await scene.phone.wait()
    expect(view).toMatchObject({ situation: "verified" })
    expect(receipts(scene)).toEqual([{ accepted: true }])
  })
})
