import { beforeAll, describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { webCrypto } from "../../src-crypto/web-crypto.ts"
import { SECOND } from "../../src-protocol/instant.ts"
import { JUDGING_REASONS } from "../../src-protocol/reasons.ts"
import { composeAuthorisation } from "../../src-protocol/signed-data.ts"
import {
  compareAuthorisation,
  verifyAuthorisation,
  type Facts,
  type Verdict,
} from "../../src-protocol/verify-authorisation.ts"
import { cardHolder } from "../../src-testkit/cards/card-holder.ts"
import {
  subjectAltName,
  userPrincipalName,
  uziOtherName,
  withExtension,
} from "../../src-testkit/pki/extensions.ts"
import { printUziName } from "../../src-testkit/pki/uzi-certificate.ts"
import { CARD_PROFILES, cardProfile } from "../../src-testkit/profiles.ts"
import { BAD_PACKAGES } from "../support/bad-packages.ts"
import { HOLDER_NAME, judgingWorld, type JudgingWorld } from "../support/judging-world.ts"
import { writePackage } from "../support/package-writer.ts"
import { testPki } from "../support/test-pki.ts"

const STATEMENT = { hash: "0123456789abcdef".repeat(4), code: { reference: "012345", confirmation: "0678" } }
let world: JudgingWorld

beforeAll(async () => {
  const now = Math.floor(Date.now() / SECOND) * SECOND
  world = judgingWorld(await testPki(), now, STATEMENT)
})

async function goodPackage(profile: Parameters<JudgingWorld["signerOf"]>[0] = "arts"): Promise<Uint8Array> {
  return await composeAuthorisation(nodeCrypto, STATEMENT, await world.signerOf(profile), world.now)
}

function outcome(verdict: Verdict): string {
  return verdict.is === "refused" ? verdict.reason : verdict.is
}

describe("a good package", () => {
  const goodProfiles = Object.values(CARD_PROFILES).filter(({ expect }) => expect === "good")

  test.each(goodProfiles.map(({ id }) => id))("of the card %s is authorised", async (profile) => {
    const authorisation = await goodPackage(profile)
    for (const crypto of [nodeCrypto, webCrypto]) {
      const verdict = await verifyAuthorisation(authorisation, { ...(await world.facts()), crypto })
      expect(verdict).toMatchObject({
        is: "authorised",
        hash: STATEMENT.hash,
        ...STATEMENT.code,
        signedAt: world.now,
      })
    }
  })

  test("names its signer as the certificate does", async () => {
    const verdict = await verifyAuthorisation(await goodPackage(), await world.facts())
    expect(verdict).toMatchObject({
      signer: {
        name: HOLDER_NAME,
        title: "Arts",
        profession: "arts",
        roleCode: "01.000",
        agbCode: "00000000",
      },
    })
  })

  test("is the same bytes from both writers, PKI.js and our own hand", async () => {
    const signer = await world.signerOf("arts")
    expect(await writePackage(world.content, signer, world.now)).toEqual(await goodPackage())
  })

  test("is authorised under either certificate of an authority that was signed anew with the same key", async () => {
    const { authorities } = world.pki
    const signer = await world.signerWith({
      authorities: [authorities["zorgverlener-twin"].certificate, authorities["level-2-persoon"].certificate],
    })
    const authorisation = await composeAuthorisation(nodeCrypto, STATEMENT, signer, world.now)
    expect(outcome(await verifyAuthorisation(authorisation, await world.facts()))).toBe("authorised")
  })

  test("with a user principal name before the UZI name is authorised: real cards have one", async () => {
    const holder = cardHolder(cardProfile("arts"), HOLDER_NAME)
    const names = subjectAltName(userPrincipalName("900000001@90000001"), uziOtherName(printUziName(holder)))
    const signer = await world.signerWith({ changeExtensions: (usual) => withExtension(usual, names) })
    const authorisation = await composeAuthorisation(nodeCrypto, STATEMENT, signer, world.now)
    expect(outcome(await verifyAuthorisation(authorisation, await world.facts()))).toBe("authorised")
  })
})

describe("a bad package", () => {
  test.each(BAD_PACKAGES)("$reason: $what", async ({ reason, make, facts }) => {
    const authorisation = await make(world)
    const usual = await world.facts()
    const verdict = await verifyAuthorisation(authorisation, facts?.(usual) ?? usual)
    expect(outcome(verdict)).toBe(reason)
  })

  test("exists for every reason of judging", () => {
    expect([...new Set(BAD_PACKAGES.map(({ reason }) => reason))].sort()).toEqual([...JUDGING_REASONS].sort())
  })

  test("is refused by the same reason with Web Crypto", async () => {
    for (const { reason, make, facts } of BAD_PACKAGES) {
      const usual: Facts = { ...(await world.facts()), crypto: webCrypto }
      expect(outcome(await verifyAuthorisation(await make(world), facts?.(usual) ?? usual))).toBe(reason)
    }
  })
})

describe("of two defects the earlier in the list is told", () => {
  test("an expired certificate with the wrong key usage is expired", async () => {
    const signer = await world.signerWith({ use: "authenticiteit", validForDays: 0 })
    const verdict = await verifyAuthorisation(
      await composeAuthorisation(nodeCrypto, STATEMENT, signer, world.now),
      await world.facts(),
    )
    expect(outcome(verdict)).toBe("certificate-expired")
  })

  test("a bad statement under an untrusted chain is a bad statement", async () => {
    const signer = await world.signerOf("nagemaakt")
    const verdict = await verifyAuthorisation(
      await writePackage(new Uint8Array(9), signer, world.now),
      await world.facts(),
    )
    expect(outcome(verdict)).toBe("malformed-statement")
  })
})

describe("what the one who asks knows is compared", () => {
  test.each([
    ["hash-mismatch", { hash: "f".repeat(64) }],
    ["reference-mismatch", { reference: "999999" }],
    ["confirmation-mismatch", { confirmation: "9999" }],
    ["signer-mismatch", { signer: { uziNumber: "900000001", subscriberNumber: "90000001" } }],
    ["hash-mismatch", { hash: "f".repeat(64), confirmation: "9999" }],
  ] as const)("%s", async (reason, expected) => {
    const verdict = await verifyAuthorisation(await goodPackage(), await world.facts())
    expect(outcome(compareAuthorisation(verdict, expected))).toBe(reason)
  })

  test("and what agrees or is not asked changes nothing", async () => {
    const verdict = await verifyAuthorisation(await goodPackage(), await world.facts())
    expect(compareAuthorisation(verdict, { hash: STATEMENT.hash, ...STATEMENT.code })).toBe(verdict)
  })

  test("a refusal stays the refusal it is", async () => {
    const refused = await verifyAuthorisation(new Uint8Array(), await world.facts())
    expect(compareAuthorisation(refused, { hash: "f".repeat(64) })).toBe(refused)
  })
})
