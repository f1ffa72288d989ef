import { beforeAll, describe, expect, test } from "vitest"
import { chooseCertificate } from "../../src-main/card/choose-certificate.ts"
import type { CardHost } from "../../src-main/card/host/card-host.ts"
import { readCard } from "../../src-main/card/read-card.ts"
import { PRODUCTION, TEST } from "../../src-protocol/uzi/environments.ts"
import { DAY } from "../../src-protocol/instant.ts"
import type { TrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import { softCard, type SoftCard } from "../../src-testkit/cards/soft-signer.ts"
import type { CardProfileId } from "../../src-testkit/profiles.ts"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"
import { testPki } from "../support/test-pki.ts"

const NOW = Date.now()

let pki: TestPki
let arts: SoftCard
let renewed: SoftCard
let old: SoftCard

function make(profile: CardProfileId, at = NOW): Promise<SoftCard> {
  return softCard({ pki, profile, name: "Anna de Vries", at })
}

beforeAll(async () => {
  pki = await testPki()
  arts = await make("arts-p256")
  renewed = await make("arts-p256", NOW + DAY / 2)
  old = await make("verlopen")
})

function allOf(...cards: readonly SoftCard[]): Uint8Array[] {
  return cards.flatMap((card) => [...card.certificates.values()].map(({ der }) => der))
}

function certificateOf(card: SoftCard, use: "handtekening" | "authenticiteit"): Uint8Array {
  return card.certificates.get(use)?.der ?? new Uint8Array()
}

describe("the certificate for a use", () => {
  test("is found by what it holds, in whatever order the card lists them", () => {
    const certificates = allOf(arts)
    for (const list of [certificates, certificates.toReversed()]) {
      expect(chooseCertificate(list, "signature", TEST, NOW).der).toEqual(certificateOf(arts, "handtekening"))
      expect(chooseCertificate(list, "authentication", TEST, NOW).der).toEqual(
        certificateOf(arts, "authenticiteit"),
      )
    }
  })

  test("is the one that is valid now, and of two valid ones the newer", () => {
    const list = allOf(old, renewed, arts)
    expect(chooseCertificate(list, "signature", TEST, NOW).der).toEqual(
      certificateOf(renewed, "handtekening"),
    )
    expect(chooseCertificate(allOf(old, arts), "signature", TEST, NOW).der).toEqual(
      certificateOf(arts, "handtekening"),
    )
    const [expired] = [chooseCertificate(allOf(old), "signature", TEST, NOW)]
    expect(expired.der).toEqual(certificateOf(old, "handtekening"))
  })

  test("of another environment is still answered, so that judging can say what is wrong with it", () => {
    expect(chooseCertificate(allOf(arts), "signature", PRODUCTION, NOW).der).toEqual(
      certificateOf(arts, "handtekening"),
    )
  })

  test("is none where no certificate has the key usage", async () => {
    const without = allOf(await make("geen-handtekening"))
    expect(() => chooseCertificate(without, "signature", TEST, NOW)).toThrow(
      expect.objectContaining({ code: "NO_SIGNATURE_CERTIFICATE" }),
    )
    expect(() =>
      chooseCertificate([certificateOf(arts, "handtekening")], "authentication", TEST, NOW),
    ).toThrow(expect.objectContaining({ code: "NO_AUTHENTICATION_CERTIFICATE" }))
    expect(() => chooseCertificate([], "signature", TEST, NOW)).toThrow(
      expect.objectContaining({ code: "NO_SIGNATURE_CERTIFICATE" }),
    )
  })

  test("that is for both uses never signs a login", async () => {
    const list = allOf(await make("verkeerd-sleutelgebruik"))
    const chosen = chooseCertificate(list, "authentication", TEST, NOW)
    expect(chosen.der).not.toEqual(chooseCertificate(list, "signature", TEST, NOW).der)
  })
})

describe("the chain of a card", () => {
  function hostWith(authorities: readonly Uint8Array[]): CardHost {
    const never = (): Promise<never> => Promise.reject(new RangeError("not asked for here"))
    const pin = {
      initialised: true,
      countLow: false,
      finalTry: false,
      locked: false,
      shortest: 6,
      longest: 8,
      pinPad: false,
    }
    const token = {
      ...{ serial: "1", label: "", manufacturer: "", model: "", reader: "" },
      ...{ pin, pinState: "ok" as const },
    }
    return {
      probe: never,
      sign: never,
      listTokens: () => Promise.resolve([token]),
      readCertificates: () =>
        Promise.resolve({ certificates: allOf(arts), authorities: [...authorities], mechanisms: [] }),
      settled: () => Promise.resolve(),
      stop: () => undefined,
    }
  }

  async function chainWith(
    authorities: readonly Uint8Array[],
    trust: TrustProfile = pki.trust,
  ): Promise<readonly Uint8Array[]> {
    const card = await readCard(hostWith(authorities), "1", trust, NOW)
    return card.certificates.signature?.authorities ?? []
  }

  test("is taken from the card, without the root and without what is not of it", async () => {
    const own = arts.signature.certificateChain.slice(1)
    const strangers = Object.values(pki.authorities).map(({ certificate }) => certificate)
    expect(await chainWith([...strangers.toReversed(), ...own, pki.root])).toHaveLength(own.length)
    expect(await chainWith([pki.root, ...own.toReversed()])).toEqual(own)
  })

  test("is filled up from the trust profile where the card lacks an authority", async () => {
    expect(await chainWith([])).toHaveLength(2)
  })

  test("is short where nobody knows the authority: judging will say so", async () => {
    expect(await chainWith([], { ...pki.trust, intermediates: [] })).toEqual([])
  })
})
