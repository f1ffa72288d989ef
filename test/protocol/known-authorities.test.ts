import { beforeAll, describe, expect, test } from "vitest"
import { nodeCrypto, openNodeCrypto } from "../../src-crypto/node-crypto.ts"
import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import { DAY } from "../../src-protocol/instant.ts"
import { composeAuthorisation } from "../../src-protocol/signed-data.ts"
import { verifyAuthorisation, type Facts } from "../../src-protocol/verify-authorisation.ts"
import { readCrls } from "../../src-testkit/pki/test-pki.ts"
import { judgingWorld, type JudgingWorld } from "../support/judging-world.ts"
import { testPki } from "../support/test-pki.ts"

const STATEMENT = { hash: "5f".repeat(32), code: { reference: "314159", confirmation: "2653" } }
let world: JudgingWorld
let authorisation: Uint8Array
let facts: Facts

beforeAll(async () => {
  const now = Date.now()
  world = judgingWorld(await testPki(), now, STATEMENT)
  facts = await world.facts()
  authorisation = await composeAuthorisation(nodeCrypto, STATEMENT, await world.signerOf("arts"), now)
})

/** Cryptography of its own memory, and how often it was asked to check a signature. */
function counting(): { readonly crypto: CryptoPort; readonly asked: () => number } {
  const crypto = openNodeCrypto()
  let asked = 0
  const verifySignature: CryptoPort["verifySignature"] = (...given) => {
    asked += 1
    return crypto.verifySignature(...given)
  }
  return { crypto: { ...crypto, verifySignature }, asked: () => asked }
}

/** A cryptography that has judged the package twice, so that it knows the authorities. */
async function warm(): Promise<ReturnType<typeof counting>> {
  const counted = counting()
  for (let i = 0; i < 2; i++) {
    const verdict = await verifyAuthorisation(authorisation, { ...facts, crypto: counted.crypto })
    expect(verdict.is).toBe("authorised")
  }
  return counted
}

async function reasonWith(changes: Partial<Facts>, bytes = authorisation): Promise<string> {
  const { crypto } = await warm()
  const verdict = await verifyAuthorisation(bytes, { ...facts, crypto, ...changes })
  return verdict.is === "refused" ? verdict.reason : verdict.is
}

describe("authorities that are known", () => {
  test("cost no more signature checks than the signer's own two", async () => {
    const { crypto, asked } = await warm()
    const before = asked()
    await verifyAuthorisation(authorisation, { ...facts, crypto })
    expect(asked() - before).toBe(2)
  })

  test("are not known to another cryptography", async () => {
    await warm()
    const { crypto } = counting()
    const none: CryptoPort = { ...crypto, verifySignature: () => Promise.resolve(false) }
    const verdict = await verifyAuthorisation(authorisation, { ...facts, crypto: none })
    expect(verdict).toMatchObject({ is: "refused", reason: "bad-signature" })
  })

  test("are still refused when they have expired", async () => {
    expect(await reasonWith({ at: facts.at + 40 * 365 * DAY })).toBe("untrusted-chain")
  })

  test("are still refused under another root", async () => {
    const anchors = [world.pki.authorities["rogue-root"].certificate]
    expect(await reasonWith({ trust: { ...facts.trust, anchors } })).toBe("untrusted-chain")
  })

  test("still need their lists", async () => {
    const crls = (await readCrls(world.pki)).slice(0, 1)
    expect(await reasonWith({ revocation: { ...facts.revocation, crls } })).toBe("revocation-unknown")
  })

  test("are not changed by whoever changes the bytes they were read from", async () => {
    const { crypto } = counting()
    const own = Uint8Array.from(authorisation)
    await verifyAuthorisation(own, { ...facts, crypto })
    own.fill(0)
    const verdict = await verifyAuthorisation(authorisation, { ...facts, crypto })
    expect(verdict.is).toBe("authorised")
  })

  test("vouch for no look-alike of the same name", async () => {
    const rogue = await world.signerWith({ authority: "rogue-zorgverlener" })
    const forged = await composeAuthorisation(nodeCrypto, STATEMENT, rogue, world.now)
    expect(await reasonWith({}, forged)).toBe("untrusted-chain")
  })
})
