import { describe, expect, test } from "vitest"
import { HOUR } from "../../src-protocol/instant.ts"
import { JUDGING_REASONS, type JudgingReason } from "../../src-protocol/reasons.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { softCard, type SoftCard } from "../../src-testkit/cards/soft-signer.ts"
import { cardHolder } from "../../src-testkit/cards/card-holder.ts"
import { keyUsage, withExtension, withoutExtension } from "../../src-testkit/pki/extensions.ts"
import { OID } from "../../src-testkit/pki/oids.ts"
import { uziSubject } from "../../src-testkit/pki/uzi-certificate.ts"
import { cardProfile } from "../../src-testkit/profiles.ts"
import type { BadPackage } from "../support/bad-package.ts"
import { onePackageAReason } from "../support/bad-packages.ts"
import { factsAt, HOLDER_NAME, judgingWorld, type CertificateChange } from "../support/judging-world.ts"
import { publish, put, registered, signIn, trySignIn, type PhoneSide } from "./support/actors.ts"
import { castOfFile, inWorld } from "./support/cast.ts"
import { problemOf, type World } from "./support/world.ts"

const cast = castOfFile()
const BAD = onePackageAReason()

function refusedFor(reason: JudgingReason): object {
  return reason === "revocation-unknown"
    ? { status: 503, code: "revocation-unknown", reason }
    : { status: 422, code: "refused", reason }
}

/** The trust that the judge of this package needs; the lists are the world's own. */
function trustFor({ facts }: BadPackage): { trust: World["pki"]["trust"] } {
  const { trust } = cast.get().pki
  const usual = factsAt(0, trust, [])
  return { trust: facts?.(usual).trust ?? trust }
}

/** Makes the package for what this phone registered, and lets the lists say what they must say of it. */
async function packageFor(world: World, bad: BadPackage, { hash, code }: PhoneSide): Promise<Uint8Array> {
  const authorisation = await bad.make(judgingWorld(world.pki, world.now(), { hash, code }))
  if (bad.reason === "revocation-unknown") world.advance(7 * HOUR - 1)
  else await world.freshCrls()
  return authorisation
}

async function clinician(): Promise<SoftCard> {
  return await softCard({
    pki: cast.get().pki,
    profile: "arts",
    name: HOLDER_NAME,
    at: Date.now(),
    keyKind: "p-256",
  })
}

describe("at acceptance", () => {
  test("every reason of judging is tried", () => {
    expect(BAD.map(({ reason }) => reason).sort()).toEqual([...JUDGING_REASONS].sort())
  })

  test.each(BAD)("a package ($what) is refused for $reason, and nothing of it is kept", async (bad) => {
    await inWorld(
      cast.get().pki,
      { ...trustFor(bad), settings: { registeredMilliseconds: 12 * HOUR } },
      async (world) => {
        const session = await signIn(world, await clinician())
        const phone = await registered(world)
        const authorisation = await packageFor(world, bad, phone)
        const answer = await put(world, session, phone.code.reference, authorisation)
        expect(problemOf(answer)).toEqual(refusedFor(bad.reason))
        const packageHash = await nodeCrypto.digest("sha-256", authorisation)
        const kept = await world.backend.store.transaction(
          async ({ accepted }) => await accepted.find(packageHash),
        )
        expect(kept).toBeUndefined()
      },
    )
  })
})

describe("at publication, which judges from scratch even what was accepted,", () => {
  test.each(BAD)("a package ($what) is refused for $reason, and its seed is not queued", async (bad) => {
    await inWorld(cast.get().pki, trustFor(bad), async (world) => {
      const phone = await registered(world)
      const acceptedAt = world.now()
      const authorisation = await packageFor(world, bad, phone)
      await pretendAccepted(world, authorisation, acceptedAt)
      expect(problemOf(await publish(world, phone.opaque, authorisation))).toEqual(refusedFor(bad.reason))
      expect(await world.backend.store.transaction(async ({ queue }) => await queue.takeAll())).toEqual([])
    })
  })
})

/** As if an older, more careless backend had let it in. */
async function pretendAccepted(world: World, authorisation: Uint8Array, acceptedAt: number): Promise<void> {
  const packageHash = await nodeCrypto.digest("sha-256", authorisation)
  const [expiresAt, forgottenAt] = [acceptedAt + 72 * HOUR, acceptedAt + 200 * HOUR]
  await world.backend.store.transaction(async ({ accepted }) => {
    await accepted.add({ packageHash, acceptedAt, expiresAt, forgottenAt })
  })
}

describe("at sign-in", () => {
  const HOLDER = cardHolder(cardProfile("arts"), HOLDER_NAME)
  const DEFECTS: readonly (readonly [JudgingReason, CertificateChange])[] = [
    [
      "wrong-key-usage",
      { changeExtensions: (usual) => withExtension(usual, keyUsage("digitalSignature", "nonRepudiation")) },
    ],
    ["wrong-policy", { changeExtensions: (usual) => withoutExtension(usual, OID.certificatePolicies) }],
    ["not-a-uzi-certificate", { changeExtensions: (usual) => withoutExtension(usual, OID.subjectAltName) }],
    ["uzi-number-mismatch", { change: { subject: uziSubject({ ...HOLDER, uziNumber: "900000001" }) } }],
    ["wrong-pass-type", { authorityOid: "2.16.528.1.1007.99.218" }],
    ["profession-not-article-3", { holder: { ...HOLDER, roleCode: "84.000" } }],
    ["untrusted-chain", { authority: "rogue-zorgverlener" }],
    ["wrong-issuing-ca", { authority: "medewerker-op-naam" }],
    ["certificate-expired", { validForDays: 0 }],
  ]

  test.each(DEFECTS)("a certificate with one thing wrong is refused: %s", async (reason, change) => {
    const { pki, doctor } = cast.get()
    await inWorld(pki, {}, async (world) => {
      const { signerWith } = judgingWorld(pki, world.now(), {
        hash: "0".repeat(64),
        code: { reference: "000000", confirmation: "0000" },
      })
      const authentication = await signerWith({ use: "authenticiteit", ...change })
      expect(problemOf(await trySignIn(world, { ...doctor, authentication }))).toEqual(refusedFor(reason))
    })
  })
})
