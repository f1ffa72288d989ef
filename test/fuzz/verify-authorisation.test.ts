import { expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { equalBytes } from "../../src-protocol/bytes.ts"
import { SECOND } from "../../src-protocol/instant.ts"
import { composeAuthorisation } from "../../src-protocol/signed-data.ts"
import { unwrapSmime, wrapSmime } from "../../src-protocol/smime.ts"
import { verifyAuthorisation } from "../../src-protocol/verify-authorisation.ts"
import { judgingWorld } from "../support/judging-world.ts"
import { testPki } from "../support/test-pki.ts"
import { fuzzInjured } from "./fuzz.ts"

const SHARES = 4
const STATEMENT = { hash: "0123456789abcdef".repeat(4), code: { reference: "012345", confirmation: "0678" } }
const world = judgingWorld(await testPki(), Math.floor(Date.now() / SECOND) * SECOND, STATEMENT)
const facts = await world.facts()
const good = await composeAuthorisation(nodeCrypto, STATEMENT, await world.signerOf("arts"), world.now)
const goodElliptic = await composeAuthorisation(
  nodeCrypto,
  STATEMENT,
  await world.signerOf("arts-p256"),
  world.now,
)
const [crl = new Uint8Array(), ...otherCrls] = facts.revocation.crls

/** Only the very bytes that were signed and sent are an authorisation. */
async function isAuthorisedOnlyWhole(authorisation: Uint8Array, whole: Uint8Array): Promise<void> {
  const verdict = await verifyAuthorisation(authorisation, facts)
  expect(verdict.is).toBe(equalBytes(authorisation, whole) ? "authorised" : "refused")
}

fuzzInjured("an injured package is refused with a reason", SHARES, good, (bytes) =>
  isAuthorisedOnlyWhole(bytes, good),
)

fuzzInjured("a package with an injured message inside is refused", SHARES, unwrapSmime(good), async (der) => {
  if (der.length > 0) await isAuthorisedOnlyWhole(wrapSmime(der), good)
})

fuzzInjured("so is one that an elliptic curve signed", SHARES, unwrapSmime(goodElliptic), async (der) => {
  if (der.length > 0) await isAuthorisedOnlyWhole(wrapSmime(der), goodElliptic)
})

fuzzInjured("an injured revocation list makes revocation unknown at most", SHARES, crl, async (bytes) => {
  const revocation = { ...facts.revocation, crls: [bytes, ...otherCrls] }
  const verdict = await verifyAuthorisation(good, { ...facts, revocation })
  expect(verdict.is === "authorised" ? verdict.is : verdict.reason).toMatch(
    /^(authorised|revocation-unknown)$/,
  )
})

test.each([
  ["RSA", good],
  ["an elliptic curve", goodElliptic],
])("a package signed with %s is refused when any one byte of its message is another", async (_, whole) => {
  const der = unwrapSmime(whole)
  const accepted: string[] = []
  for (const [at, byte] of der.entries()) {
    for (const other of [byte ^ 0x01, byte ^ 0x80]) {
      const verdict = await verifyAuthorisation(wrapSmime(der.with(at, other)), facts)
      if (verdict.is === "authorised") accepted.push(`${byte} at ${at} changed to ${other}`)
    }
  }
  expect(accepted).toEqual([])
})
