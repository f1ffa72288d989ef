import { beforeAll, describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { hexOf } from "../../src-protocol/bytes.ts"
import { composeAuthorisation } from "../../src-protocol/signed-data.ts"
import {
  parseTrustProfile,
  printTrustProfile,
  productionProfile,
  testProfile,
  type TrustProfile,
} from "../../src-protocol/uzi/trust-profile.ts"
import { verifyAuthorisation } from "../../src-protocol/verify-authorisation.ts"
import { judgingWorld, type JudgingWorld } from "../support/judging-world.ts"
import { testPki } from "../support/test-pki.ts"
import { expectRefusal } from "./refusals.ts"

const STATEMENT = { hash: "0".repeat(64), code: { reference: "000000", confirmation: "0000" } }
let world: JudgingWorld

beforeAll(async () => {
  world = judgingWorld(await testPki(), Math.floor(Date.now() / 1000) * 1000, STATEMENT)
})

async function outcomeUnder(
  trust: TrustProfile,
  profile: "arts" | "nagemaakt" | "medewerker",
): Promise<string> {
  const authorisation = await composeAuthorisation(
    nodeCrypto,
    STATEMENT,
    await world.signerOf(profile),
    world.now,
  )
  const verdict = await verifyAuthorisation(authorisation, { ...(await world.facts()), trust })
  return verdict.is === "refused" ? verdict.reason : verdict.is
}

describe("the production profile", () => {
  test("takes no root but the pinned one", async () => {
    await expect(productionProfile(nodeCrypto, [world.pki.root])).rejects.toMatchObject({
      code: "malformed-trust-profile",
    })
  })

  test("cannot be without a root", async () => {
    await expect(productionProfile(nodeCrypto, [])).rejects.toMatchObject({ code: "malformed-trust-profile" })
  })

  test("cannot be given authorities by a file", async () => {
    const file = {
      profile: "production",
      anchors: ["MAA="],
      issuingAuthorities: [{ passType: "Z", spkiSha256: "0".repeat(64) }],
    }
    await expect(parseTrustProfile(nodeCrypto, file)).rejects.toMatchObject({
      code: "malformed-trust-profile",
    })
  })
})

describe("the test profile", () => {
  test("from a root alone knows the authorities by their exact names", async () => {
    const trust = testProfile([world.pki.root])
    expect(await outcomeUnder(trust, "arts")).toBe("authorised")
    expect(await outcomeUnder(trust, "medewerker")).toBe("wrong-issuing-ca")
    expect(await outcomeUnder(trust, "nagemaakt")).toBe("untrusted-chain")
  })

  test("from a file knows them by their keys", async () => {
    const spkiSha256 = hexOf(
      await nodeCrypto.digest("sha-256", world.pki.authorities.zorgverlener.publicKeySpki),
    )
    const file: unknown = JSON.parse(
      JSON.stringify(
        printTrustProfile({
          ...testProfile([world.pki.root]),
          issuingAuthorities: [{ passType: "Z", knownBy: { spkiSha256 } }],
        }),
      ),
    )
    expect(await outcomeUnder(await parseTrustProfile(nodeCrypto, file), "arts")).toBe("authorised")
  })

  test("with the key of another authority knows none", async () => {
    const trust: TrustProfile = {
      ...testProfile([world.pki.root]),
      issuingAuthorities: [{ passType: "Z", knownBy: { spkiSha256: "0".repeat(64) } }],
    }
    expect(await outcomeUnder(trust, "arts")).toBe("wrong-issuing-ca")
  })

  test("of a look-alike root takes the look-alike and nobody else: it is the root that counts", async () => {
    const rogue = testProfile([world.pki.authorities["rogue-root"].certificate])
    expect(await outcomeUnder(rogue, "arts")).toBe("untrusted-chain")
  })

  test.each([
    ["no root", { profile: "test", anchors: [], issuingAuthorities: [] }, /anchors/],
    ["no profile", { anchors: ["MAA="] }, /profile/],
    [
      "something else",
      { profile: "test", anchors: ["MAA="], issuingAuthorities: [], trustEverybody: true },
      /trustEverybody/,
    ],
    [
      "an anchor that is no certificate",
      {
        profile: "test",
        anchors: ["MAA="],
        issuingAuthorities: [{ passType: "Z", spkiSha256: "0".repeat(64) }],
      },
      /certificate/,
    ],
    ["text", "test", /expected object/i],
  ])("in a file with %s is refused, naming it", async (_, file, named) => {
    await expect(parseTrustProfile(nodeCrypto, file)).rejects.toThrow(named)
  })

  test("cannot be without a root", () => {
    expectRefusal(() => testProfile([]), "malformed-trust-profile")
  })
})
