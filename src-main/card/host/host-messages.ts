import { z } from "zod"
import { CARD_PROBLEMS } from "../card-error.ts"

/**
 * What crosses between the desk and the process that holds the card, both ways. Both sides parse what they get: the
 * vendor's module runs in that process, so its answers are a stranger's.
 */

const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, "bytes")
const MAX_SIGNED_BYTES = 64 * 1_024

const Hash = z.enum(["sha-256", "sha-384", "sha-512"])
const Algorithm = z.discriminatedUnion("scheme", [
  z.strictObject({ scheme: z.literal("rsa-pkcs1"), hash: Hash }),
  z.strictObject({ scheme: z.literal("rsa-pss"), hash: Hash, saltLength: z.int().min(0).max(64) }),
  z.strictObject({ scheme: z.literal("ecdsa"), hash: Hash, curve: z.enum(["P-256", "P-384", "P-521"]) }),
])

export const CertificateUse = z.enum(["signature", "authentication"])

/** One signature by one key, as one operation: session, login, key, signature, logout. */
export const SignRequest = z.strictObject({
  is: z.literal("sign"),
  tokenSerial: z.string().max(64),
  /** SHA-256 of the certificate whose key is to sign, in hex: the card is asked for this one and no other. */
  certificateSha256: z.string().regex(/^[0-9a-f]{64}$/),
  use: CertificateUse,
  algorithm: Algorithm,
  bytes: Bytes.refine((bytes) => bytes.length <= MAX_SIGNED_BYTES, "too many bytes"),
  /** Absent where the reader has a PIN pad. */
  pin: Bytes.optional(),
})

export const HostRequest = z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("probe") }),
  z.strictObject({ is: z.literal("list-tokens") }),
  z.strictObject({ is: z.literal("read-certificates"), tokenSerial: z.string().max(64) }),
  SignRequest,
  /** Has the card in this slot forget its PIN: asked of a new process where the one that knew the PIN is no more. */
  z.strictObject({ is: z.literal("close-card"), slotDescription: z.string() }),
])
export const HostQuestion = z.strictObject({
  id: z.int().min(1),
  modulePath: z.string(),
  request: HostRequest,
})

export const ModuleInfo = z.strictObject({
  manufacturer: z.string(),
  description: z.string(),
  version: z.string(),
  cryptokiVersion: z.string(),
  /** With a card in them or without: a module that knows no slot at all sees no reader. */
  slots: z.int().min(0),
})

/** What the token says about its PIN; the flags are those before a login (after one OpenSC's are stale). */
export const PinState = z.strictObject({
  initialised: z.boolean(),
  countLow: z.boolean(),
  finalTry: z.boolean(),
  locked: z.boolean(),
  shortest: z.int().min(0),
  longest: z.int().min(0),
  /** The PIN is typed on the reader, never here. */
  pinPad: z.boolean(),
})

/** What is to be shown before a PIN is typed; `low`: a wrong one went before; `final-try`: another wrong one locks it. */
export const PIN_STATES = ["ok", "low", "final-try", "locked"] as const

export const Token = z.strictObject({
  serial: z.string(),
  label: z.string(),
  manufacturer: z.string(),
  model: z.string(),
  reader: z.string(),
  pin: PinState,
  pinState: z.enum(PIN_STATES),
})

/** Raw DER, unverified: what the card holds, CA certificates apart. */
export const TokenCertificates = z.strictObject({
  certificates: z.array(Bytes).max(64),
  authorities: z.array(Bytes).max(64),
  /** The mechanisms that the token offers (CKM values). */
  mechanisms: z.array(z.number()).max(1_024),
})

/** What only a logged-in session can tell: the mechanisms to which the token restricts a certificate's key. */
export const KeyRestriction = z.strictObject({
  certificateSha256: z.string(),
  mechanisms: z.array(z.number()),
})
export const TokenSignature = z.strictObject({
  signature: Bytes,
  /** Of the keys of all certificates on the token that are restricted at all (CKA_ALLOWED_MECHANISMS). */
  restrictions: z.array(KeyRestriction).max(64),
})

export const HostResult = z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("probe"), module: ModuleInfo }),
  z.strictObject({ is: z.literal("list-tokens"), tokens: z.array(Token).max(64) }),
  z.strictObject({ is: z.literal("read-certificates"), token: TokenCertificates }),
  z.strictObject({ is: z.literal("sign"), signed: TokenSignature }),
  z.strictObject({ is: z.literal("close-card") }),
  z.strictObject({
    is: z.literal("failed"),
    problem: z.enum(CARD_PROBLEMS),
    detail: z.string().max(1_024),
    triesLeft: z.int().min(0).optional(),
  }),
])
export const HostAnswer = z.strictObject({ id: z.int().min(1), result: HostResult })
/** Follows the answer with a signature: session and module are closed, and the card was made to forget the PIN. */
export const CardClosed = z.strictObject({ id: z.int().min(1), is: z.literal("card-closed") })

export type CertificateUse = z.infer<typeof CertificateUse>
export type SignRequest = z.infer<typeof SignRequest>
export type HostRequest = z.infer<typeof HostRequest>
export type ModuleInfo = z.infer<typeof ModuleInfo>
export type PinState = z.infer<typeof PinState>
export type Token = z.infer<typeof Token>
export type TokenCertificates = z.infer<typeof TokenCertificates>
export type KeyRestriction = z.infer<typeof KeyRestriction>
export type TokenSignature = z.infer<typeof TokenSignature>
export type HostResult = z.infer<typeof HostResult>
export type HostQuestion = z.infer<typeof HostQuestion>
export type HostAnswer = z.infer<typeof HostAnswer>
export type CardClosed = z.infer<typeof CardClosed>
