import { beforeAll, describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { DAY, HOUR } from "../../src-protocol/instant.ts"
import { judgeCertificate } from "../../src-protocol/judge-certificate.ts"
import { testProfile } from "../../src-protocol/uzi/trust-profile.ts"
import { softCard } from "../../src-testkit/cards/soft-signer.ts"
import { readCrls, type TestPki } from "../../src-testkit/pki/test-pki.ts"
import { CARD_PROFILE_IDS, CARD_PROFILES, type CardProfileId } from "../../src-testkit/profiles.ts"
import { testPki } from "../support/test-pki.ts"

let pki: TestPki

beforeAll(async () => {
  pki = await testPki()
})

/** What judging says of a card's certificate for one use: "accepted" or the reason. */
async function judged(profile: CardProfileId, use: "authentication" | "signature", trust = pki.trust) {
  const at = Date.now()
  const card = await softCard({ pki, profile, name: "Zoë d'Été-de Vries", at })
  const revocation = { crls: await readCrls(pki), checkedAt: at }
  const facts = { crypto: nodeCrypto, trust, at, revocation, maximumCrlAgeMilliseconds: 6 * HOUR }
  const verdict = await judgeCertificate(card[use].certificateChain, use, facts)
  return verdict.is === "accepted" ? "accepted" : verdict.reason
}

function of(outcome: "good" | "sign-in" | "signing" | "judging"): readonly CardProfileId[] {
  return CARD_PROFILE_IDS.filter((id) => {
    const expected = CARD_PROFILES[id].expect
    return expected === "good" ? outcome === "good" : expected.stoppedAt === outcome
  })
}

function reasonOf(id: CardProfileId): string {
  const expected = CARD_PROFILES[id].expect
  return expected === "good" ? "accepted" : expected.reason
}

describe("judging finds of a card what its profile promises:", () => {
  test.each(of("good"))("%s may sign in and sign", async (id) => {
    expect(await judged(id, "authentication")).toBe("accepted")
    expect(await judged(id, "signature")).toBe("accepted")
  })

  test.each(of("sign-in"))("%s is stopped at sign-in", async (id) => {
    expect(await judged(id, "authentication")).toBe(reasonOf(id))
    expect(await judged(id, "signature")).toBe(reasonOf(id))
  })

  test.each(of("signing"))("%s may sign in", async (id) => {
    expect(await judged(id, "authentication")).toBe("accepted")
  })

  test.each(of("judging"))("%s may sign in, and its signature is refused", async (id) => {
    expect(await judged(id, "authentication")).toBe("accepted")
    expect(await judged(id, "signature")).toBe(reasonOf(id))
  })

  test("the issuing authorities are known by their names too, where there is a root and no profile", async () => {
    const byName = testProfile([pki.root])
    expect(await judged("arts", "signature", byName)).toBe("accepted")
    expect(await judged("medewerker", "signature", byName)).toBe("wrong-issuing-ca")
    expect(await judged("nagemaakt", "signature", byName)).toBe("untrusted-chain")
  })

  test("a card under the twin of its authority is as good", async () => {
    const at = Date.now()
    const card = await softCard({ pki, profile: "arts-p256", name: "Jan Jansen", at })
    const [own, , above] = card.signature.certificateChain
    if (own === undefined || above === undefined) throw new RangeError("the chain is too short")
    const revocation = { crls: await readCrls(pki), checkedAt: at }
    const facts = {
      crypto: nodeCrypto,
      trust: pki.trust,
      at,
      revocation,
      maximumCrlAgeMilliseconds: 6 * HOUR,
    }
    const chain = [own, pki.authorities["zorgverlener-twin"].certificate, above]
    expect(await judgeCertificate(chain, "signature", facts)).toMatchObject({ is: "accepted" })
    const later = { ...facts, at: at + 1200 * DAY }
    expect(await judgeCertificate(chain, "signature", later)).toMatchObject({ reason: "certificate-expired" })
  })
})
