import { z } from "zod"
import { base64Of, bytesOfBase64, hexOf } from "../bytes.ts"
import { readCertificate } from "../certificate.ts"
import type { CryptoPort } from "../crypto-port.ts"
import { ProtocolError } from "../errors.ts"
import {
  PRODUCTION,
  PRODUCTION_ANCHOR_SHA256,
  PRODUCTION_ZORGVERLENER_SPKI_SHA256,
  TEST,
  TEST_AUTHORITY_NAMES,
  type Environment,
} from "./environments.ts"
import type { PassType } from "./uzi-name.ts"

/** An authority that issues passes, known by its public key or, in the test environment only, by its exact name. */
export interface IssuingAuthority {
  readonly passType: PassType
  readonly knownBy: { readonly spkiSha256: string } | { readonly subject: string }
}

/** Whom we believe: the roots, the authorities that issue passes, and the tables of their environment. */
export interface TrustProfile {
  readonly environment: Environment
  /** DER certificates; a chain ends at one of them. */
  readonly anchors: readonly Uint8Array[]
  readonly issuingAuthorities: readonly IssuingAuthority[]
  /** DER certificates of authorities that a path may need and a card may lack. They are not trusted by being here. */
  readonly intermediates: readonly Uint8Array[]
}

function malformed(message: string, cause?: unknown): ProtocolError {
  return new ProtocolError("malformed-trust-profile", message, { cause })
}

/**
 * The production profile. `anchors` are the root certificates as the operator has them; each must be the one pinned in
 * `environments.ts` by SHA-256. Throws `malformed-trust-profile` where one is not, or where there is none.
 */
export async function productionProfile(
  crypto: Pick<CryptoPort, "digest">,
  anchors: readonly Uint8Array[],
  intermediates: readonly Uint8Array[] = [],
): Promise<TrustProfile> {
  const fingerprints = await Promise.all(
    anchors.map(async (anchor) => hexOf(await crypto.digest("sha-256", anchor))),
  )
  const stranger = fingerprints.find((fingerprint) => !PRODUCTION_ANCHOR_SHA256.has(fingerprint))
  if (stranger !== undefined) throw malformed(`the certificate ${stranger} is not a production root`)
  const zorgverlener = {
    passType: "Z",
    knownBy: { spkiSha256: PRODUCTION_ZORGVERLENER_SPKI_SHA256 },
  } as const
  return {
    environment: PRODUCTION,
    anchors: checkAnchors(anchors),
    issuingAuthorities: [zorgverlener],
    intermediates,
  }
}

/** The test profile from roots alone: the issuing authorities are known by their exact names. */
export function testProfile(
  anchors: readonly Uint8Array[],
  intermediates: readonly Uint8Array[] = [],
): TrustProfile {
  const issuingAuthorities = [...TEST_AUTHORITY_NAMES].map(([subject, passType]) => ({
    passType,
    knownBy: { subject },
  }))
  return { environment: TEST, anchors: checkAnchors(anchors), issuingAuthorities, intermediates }
}

function checkAnchors(anchors: readonly Uint8Array[]): readonly Uint8Array[] {
  if (anchors.length === 0) throw malformed("there is no root certificate: nobody could be believed")
  for (const anchor of anchors) readCertificate(anchor)
  return anchors
}

const Der = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/, "base64 of a DER certificate")
const TrustFile = z.discriminatedUnion("profile", [
  z.strictObject({
    profile: z.literal("test"),
    anchors: z.array(Der).min(1),
    intermediates: z.array(Der).default([]),
    issuingAuthorities: z
      .array(
        z.strictObject({
          passType: z.enum(["Z", "N", "M", "S"]),
          spkiSha256: z.string().regex(/^[0-9a-f]{64}$/, "64 lower-case hex digits"),
        }),
      )
      .min(1),
  }),
  z.strictObject({
    profile: z.literal("production"),
    anchors: z.array(Der).min(1),
    intermediates: z.array(Der).default([]),
  }),
])

/**
 * The profile in a `trust.json`. A production file can name roots (which must be the pinned ones) but no authorities:
 * those are in the program. Throws `malformed-trust-profile` naming the field.
 */
export async function parseTrustProfile(
  crypto: Pick<CryptoPort, "digest">,
  json: unknown,
): Promise<TrustProfile> {
  const parsed = TrustFile.safeParse(json)
  if (!parsed.success) throw malformed(z.prettifyError(parsed.error), parsed.error)
  const anchors = parsed.data.anchors.map((text) => bytesOfBase64(text))
  const intermediates = parsed.data.intermediates.map((text) => bytesOfBase64(text))
  if (parsed.data.profile === "production") return productionProfile(crypto, anchors, intermediates)
  const issuingAuthorities = parsed.data.issuingAuthorities.map(({ passType, spkiSha256 }) => ({
    passType,
    knownBy: { spkiSha256 },
  }))
  return { environment: TEST, anchors: checkAnchors(anchors), issuingAuthorities, intermediates }
}

/** What `parseTrustProfile` reads, for `JSON.stringify`. Authorities known by name only are left out. */
export function printTrustProfile(profile: TrustProfile): unknown {
  const common = {
    profile: profile.environment.name,
    anchors: profile.anchors.map((anchor) => base64Of(anchor)),
    intermediates: profile.intermediates.map((certificate) => base64Of(certificate)),
  }
  if (profile.environment.name === "production") return common
  const pinned = profile.issuingAuthorities.flatMap(({ passType, knownBy }) =>
    "spkiSha256" in knownBy ? [{ passType, spkiSha256: knownBy.spkiSha256 }] : [],
  )
  return { ...common, issuingAuthorities: pinned }
}
