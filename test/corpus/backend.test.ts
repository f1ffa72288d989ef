import { afterAll, describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { MAX_AUTHORISATION_BYTES } from "../../src-protocol/api.ts"
import { problemOf } from "../backend/support/world.ts"
import { backendFor, type CorpusBackend } from "./support/corpus-backend.ts"
import { readCorpus, readPackage, type CorpusEntry } from "./support/corpus.ts"

const corpus = readCorpus()

/** The backend keeps the newest list itself and never takes an older one: there is nothing to be fooled with. */
const cases = corpus.cases.filter(({ lowestNumbers }) => lowestNumbers === undefined)
const bad = cases.filter(({ expect }) => expect !== "authorised")
const good = cases.filter(({ expect }) => expect === "authorised")

/** Bad packages leave no trace: one backend serves all that are judged by the same lists and the same trust. */
const shared = new Map<string, Promise<CorpusBackend>>()
afterAll(async () => {
  for (const opened of shared.values()) await (await opened).close()
})

function backendOf(entry: CorpusEntry): Promise<CorpusBackend> {
  const { trust, crls, checkedAt, demandsQcStatements } = entry
  const facts = JSON.stringify({ trust, crls, checkedAt, demandsQcStatements })
  const opened = shared.get(facts) ?? backendFor(entry)
  shared.set(facts, opened)
  return opened
}

function refusal(reason: CorpusEntry["expect"]): object {
  if (reason === "revocation-unknown") return { status: 503, code: "revocation-unknown", reason }
  return { status: 422, code: "refused", reason }
}

/** Longer than the longest package: there HTTP refuses the body before anything is judged. */
function isTooLong(entry: CorpusEntry): boolean {
  return readPackage(entry).length > MAX_AUTHORISATION_BYTES
}

describe("at acceptance", () => {
  test.each(bad.filter(({ checkedAt }) => checkedAt === undefined))(
    "$file is refused for $expect, and nothing of it is kept",
    async (entry) => {
      const served = await backendOf(entry)
      const authorisation = readPackage(entry)
      const tooLong = { status: 413, code: "payload-too-large" }
      expect(problemOf(await served.put(authorisation))).toEqual(
        isTooLong(entry) ? tooLong : refusal(entry.expect),
      )
      const packageHash = await nodeCrypto.digest("sha-256", authorisation)
      const kept = await served.backend.store.transaction(({ accepted }) => accepted.find(packageHash))
      expect(kept).toBeUndefined()
    },
  )

  test.each(good.filter(({ checkedAt }) => checkedAt === undefined))(
    "$file is accepted, and then published",
    async (entry) => {
      const own = await backendFor(entry)
      try {
        expect((await own.put(readPackage(entry))).status).toBe(201)
        expect((await own.publish(readPackage(entry))).status).toBe(202)
        expect(await own.backend.store.transaction(({ queue }) => queue.takeAll())).toHaveLength(1)
      } finally {
        await own.close()
      }
    },
  )
})

/** When it was registered is forgotten by then; the signing time is held against the longest life of a registration. */
const NOT_AT_PUBLICATION = "signed ten minutes and a second before it was registered"

describe("at publication, which judges from scratch even what was accepted,", () => {
  test.each(bad.filter(({ what }) => what !== NOT_AT_PUBLICATION))(
    "$file is refused for $expect, and its seed is not queued",
    async (entry) => {
      const served = await backendOf(entry)
      await served.pretendAccepted(readPackage(entry))
      expect(problemOf(await served.publish(readPackage(entry)))).toEqual(refusal(entry.expect))
      expect(await served.backend.store.transaction(({ queue }) => queue.takeAll())).toEqual([])
    },
  )

  test.each(good.filter(({ checkedAt }) => checkedAt !== undefined))(
    "$file is published: a later revocation does not undo what was accepted",
    async (entry) => {
      const own = await backendFor(entry)
      try {
        await own.pretendAccepted(readPackage(entry))
        expect((await own.publish(readPackage(entry))).status).toBe(202)
      } finally {
        await own.close()
      }
    },
  )
})
