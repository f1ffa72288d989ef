import type { PassType } from "./uzi-name.ts"

/**
 * The two environments that UZI certificates come from, as tables. They share nothing: what is right in one is
 * unknown in the other, so a test card can never pass in production.
 * Sources: CPS UZI-register 10.3 (tables 4, 8, 10); fingerprints as BSI listed them in September 2025; the test
 * environment's values as read from certificates of CIBG's test authority.
 */
export interface Environment {
  readonly name: "production" | "test"
  /** Object identifier of an authority in the UZI name → the pass type it issues. */
  readonly authorityOids: ReadonlyMap<string, PassType>
  readonly signaturePolicies: readonly string[]
  readonly authenticationPolicies: readonly string[]
  /** Whether a signature certificate must carry QcCompliance, QcSSCD and QcType esign (EN 319 412-5). */
  readonly requiresQcStatements: boolean
}

export const PRODUCTION: Environment = {
  name: "production",
  authorityOids: new Map<string, PassType>([
    ["2.16.528.1.1003.1.3.5.5.2", "Z"],
    ["2.16.528.1.1003.1.3.5.5.3", "N"],
    ["2.16.528.1.1003.1.3.5.5.4", "M"],
    ["2.16.528.1.1003.1.3.5.5.5", "S"],
  ]),
  signaturePolicies: ["2.16.528.1.1003.1.2.5.2"],
  authenticationPolicies: ["2.16.528.1.1003.1.2.5.1"],
  requiresQcStatements: true,
}

/** SHA-256 of the DER of `Staat der Nederlanden Root CA - G3`. */
export const PRODUCTION_ANCHOR_SHA256: ReadonlySet<string> = new Set([
  "3c4fb0b95ab8b30032f432b86f535fe172c185d0fd39865837cf36187fa6f428",
])
/** SHA-256 of the SubjectPublicKeyInfo of `UZI-register Zorgverlener CA G3`, which has two certificates for one key. */
export const PRODUCTION_ZORGVERLENER_SPKI_SHA256 =
  "2c96e4b43a544ed405c62c7e4c7e0f89d4c62ebb75486c566544d62bc4829fd4"

export const TEST: Environment = {
  name: "test",
  authorityOids: new Map<string, PassType>([
    ["2.16.528.1.1007.99.217", "Z"],
    ["2.16.528.1.1007.99.218", "N"],
    ["2.16.528.1.1007.99.2110", "S"],
  ]),
  signaturePolicies: ["2.16.528.1.1007.99.212"],
  authenticationPolicies: ["2.16.528.1.1007.99.211"],
  // CIBG's own test passes of 2017 and 2020 carry none.
  requiresQcStatements: false,
}

/** Subject names, exactly as `printDistinguishedName` prints them, of the authorities of test environments. */
export const TEST_AUTHORITY_NAMES: ReadonlyMap<string, PassType> = new Map<string, PassType>([
  ["C=NL, O=CIBG, organizationIdentifier=NTRNL-50000535, CN=TEST UZI-register Zorgverlener CA G3", "Z"],
  ["C=NL, O=CIBG, organizationIdentifier=NTRNL-50000535, CN=TEST UZI-register Medewerker op naam CA G3", "N"],
  [
    "C=NL, O=Vrijgave (test), organizationIdentifier=NTRNL-00000000, CN=TEST Vrijgave UZI-register Zorgverlener CA",
    "Z",
  ],
  [
    "C=NL, O=Vrijgave (test), organizationIdentifier=NTRNL-00000000, CN=TEST Vrijgave UZI-register Medewerker op naam CA",
    "N",
  ],
])
