import { describe, expect, test } from "vitest"
import { readSignedData } from "../../src-protocol/read-signed-data.ts"
import { unwrapSmime, wrapSmime } from "../../src-protocol/smime.ts"
import { verifyAuthorisation } from "../../src-protocol/verify-authorisation.ts"
import { flipMail, flipMessage } from "./evidence/bit-flips.ts"
import { factsOf, outcomeOf, readCorpus, readPackage } from "./support/corpus.ts"

const corpus = readCorpus()
const [rsa, elliptic] = corpus.cases
if (rsa === undefined || elliptic === undefined) throw new TypeError("the corpus is empty")

/** A prime, so that each of the eight bits of a byte has its turn. */
const SAMPLE = 101
/** Regions of which every bit may only lead to these, since what comes first in the order of reasons is told. */
const EXPECTED: ReadonlyMap<string, readonly string[]> = new Map([
  ["the statement", ["bad-signature"]],
  ["the signature", ["malformed-cms", "bad-signature"]],
  ["certificate of the signer: what it says", ["malformed-cms", "weak-algorithm", "bad-signed-attributes"]],
])

describe.each([
  ["RSA", rsa],
  ["an elliptic curve", elliptic],
])("of a package signed with %s", (_, entry) => {
  test.each([
    ["its text", flipMail],
    ["its message", flipMessage],
  ])(
    "no single bit that is turned in %s is overlooked (a sample; all of them in test/long)",
    async (_form, flip) => {
      const { tallies } = await flip(readPackage(entry), await factsOf(corpus, entry), SAMPLE)
      const faults = tallies.filter(
        (tally) => tally.acceptedUnchanged + tally.acceptedChanged + tally.threw > 0,
      )
      expect(faults).toEqual([])
      for (const { region, refused } of tallies) {
        const allowed = EXPECTED.get(region)
        if (allowed !== undefined) expect(allowed).toEqual(expect.arrayContaining([...refused.keys()]))
      }
    },
  )
})

test("a signer's certificate that was changed where it names its authority's key is told as changed, in the order of reasons", async () => {
  const facts = await factsOf(corpus, rsa)
  const der = unwrapSmime(readPackage(rsa))
  const { signer } = readSignedData(der)
  const name = Buffer.from(signer.der).indexOf(Buffer.from("0603551d23", "hex"))
  const from = signer.der.byteOffset - der.byteOffset + name + 5
  const outcomes = new Set<string>()
  for (let bit = from * 8; bit < (from + 8) * 8; bit++) {
    const changed = der.with(bit >> 3, (der[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7)))
    outcomes.add(outcomeOf(await verifyAuthorisation(wrapSmime(changed), facts)))
  }
  expect([...outcomes].sort()).toEqual(["bad-signed-attributes", "malformed-cms"])
})
