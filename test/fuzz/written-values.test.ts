import fc from "fast-check"
import { expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import * as read from "../../src-protocol/der-values.ts"
import { DAY, MINUTE, SECOND } from "../../src-protocol/instant.ts"
import { composeAuthorisation } from "../../src-protocol/signed-data.ts"
import { readDer, TAG } from "../../src-protocol/read-der.ts"
import { verifyAuthorisation } from "../../src-protocol/verify-authorisation.ts"
import * as write from "../../src-testkit/pki/der.ts"
import { anyCode, anyHash } from "../protocol/arbitraries.ts"
import { judgingWorld } from "../support/judging-world.ts"
import { testPki } from "../support/test-pki.ts"

// The testkit writes DER by code of its own, so that what the product reads was not written by itself.

test("every number is read as it was written", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 160n }), (number) => {
      expect(read.naturalNumber(readDer(write.integer(number)), "it")).toBe(number)
    }),
  )
  fc.assert(
    fc.property(fc.nat(), (number) => {
      expect(read.smallNumber(readDer(write.integer(number)), "it")).toBe(number)
      expect(read.smallNumber(readDer(write.enumerated(number % 128)), "it", TAG.enumerated)).toBe(
        number % 128,
      )
    }),
  )
})

test("every object identifier is read as it was written", () => {
  const arcs = fc.array(fc.nat(), { maxLength: 8 })
  const anyOid = fc.oneof(
    fc.tuple(fc.nat(1), fc.nat(39), arcs).map(([root, first, rest]) => [root, first, ...rest].join(".")),
    fc.tuple(fc.nat(), arcs).map(([first, rest]) => [2, first, ...rest].join(".")),
  )
  fc.assert(
    fc.property(anyOid, (oid) => {
      expect(read.oidText(readDer(write.objectIdentifier(oid)), "it")).toBe(oid)
    }),
  )
})

test("every second from 1950 to 9999 is read as it was written", () => {
  const anySecond = fc.integer({ min: Date.UTC(1950, 0) / SECOND, max: Date.UTC(9999, 11, 31) / SECOND })
  fc.assert(
    fc.property(anySecond, (second) => {
      expect(read.timeValue(readDer(write.time(second * SECOND)), "it")).toBe(second * SECOND)
    }),
  )
})

test("every text is read as it was written", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
      expect(read.stringValue(readDer(write.utf8String(text)), "it")).toBe(text)
    }),
  )
})

test("every list of bits is read as it was written", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(40)), (bits) => {
      const sorted = bits.sort((a, b) => a - b)
      expect(read.namedBits(readDer(write.namedBits(sorted)), "it")).toEqual(sorted)
    }),
  )
})

test("every statement that is signed is authorised, and says what was signed, whoever of three signed it", async () => {
  const now = Math.floor(Date.now() / SECOND) * SECOND
  const unused = { hash: "0".repeat(64), code: { reference: "000000", confirmation: "0000" } }
  const world = judgingWorld(await testPki(), now, unused)
  const facts = await world.facts()
  const profile = fc.constantFrom("arts" as const, "arts-p256" as const, "verpleegkundige" as const)
  const seconds = fc.integer({ min: -10 * (MINUTE / SECOND), max: 10 * (MINUTE / SECOND) })
  await fc.assert(
    fc.asyncProperty(anyHash, anyCode, profile, seconds, async (hash, code, who, offset) => {
      const signedAt = now + offset * SECOND
      const whole = await composeAuthorisation(
        nodeCrypto,
        { hash, code },
        await world.signerOf(who),
        signedAt,
      )
      const verdict = await verifyAuthorisation(whole, facts)
      expect(verdict).toMatchObject({ is: "authorised", hash, ...code, signedAt })
      const tomorrow = {
        ...facts,
        policy: { ...facts.policy, signedBetween: [now + DAY, now + 2 * DAY] as const },
      }
      expect(await verifyAuthorisation(whole, tomorrow)).toMatchObject({
        is: "refused",
        reason: "signing-time-implausible",
      })
    }),
    { numRuns: 40 },
  )
})
