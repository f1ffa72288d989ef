import { z } from "zod"
import type { ProblemCode } from "./problems.ts"
import { REFUSAL_REASONS } from "./reasons.ts"
import { REPRESENTATION_ROUTES } from "./representation-api.ts"

/**
 * The HTTP interface of protocol.md, version 1: every route, who may call it, what goes in and what comes out.
 * Backend, desk and phone take their types from here, and the OpenAPI document is made from it.
 */

const DIGITS_OF_BASE64URL_32_BYTES = 43

/** The first six digits of a code: under them the backend keeps a disclosure. */
export const Reference = z.string().regex(/^[0-9]{6}$/, "six digits")
/** A SHA-256 value: 64 lower-case hex digits. */
export const Hash = z.string().regex(/^[0-9a-f]{64}$/, "64 lower-case hex digits")
/** 32 bytes in base64url without padding. */
export const Secret256 = z
  .string()
  .length(DIGITS_OF_BASE64URL_32_BYTES)
  .regex(/^[A-Za-z0-9_-]+$/, "base64url without padding")
const Base64Url = z.string().regex(/^[A-Za-z0-9_-]*$/, "base64url without padding")
const Time = z.iso.datetime({ precision: 3 })

export const DISCLOSURE_STATES = [
  "registered",
  "authorised",
  "confirmed",
  "refused",
  "withdrawn",
  "expired",
] as const
export const DisclosureState = z.enum(DISCLOSURE_STATES)
export const Reason = z.enum(REFUSAL_REASONS)

export const RegisterRequest = z.strictObject({
  reference: Reference,
  hash: Hash,
  pickupHash: Secret256,
  /** A single-use token of the authorization server for representation; the backend keeps only that there was one. */
  representationToken: z
    .string()
    .max(512)
    // The characters of a bearer token (RFC 6750 section 2.1): JSON writes each as one byte, so it fits in the padding.
    .regex(/^[A-Za-z0-9._~+/-]+=*$/, "a bearer token")
    .optional(),
  /** The answer to the puzzle of an earlier 429, see `puzzle.ts`. */
  puzzleAnswer: z
    .string()
    .regex(/^[0-9]{1,16}$/)
    .optional(),
})
export const RegisterAnswer = z.strictObject({ expiresAt: Time })

export const FindAnswer = z.strictObject({
  hash: Hash,
  registeredAt: Time,
  expiresAt: Time,
  state: DisclosureState,
  represented: z.boolean(),
})

export const AcceptAnswer = z.strictObject({
  state: DisclosureState,
  /** Opens the events of this disclosure and nothing else, for as long as it lives. */
  statusToken: Secret256,
})

/** `authorisation` is the S/MIME package, byte for byte. */
export const PickUpAnswer = z.strictObject({ authorisation: Base64Url })

export const ReceiptRequest = z
  .strictObject({ accepted: z.boolean(), reason: Reason.optional() })
  .refine((receipt) => receipt.accepted === (receipt.reason === undefined), {
    message: "a refusal carries a reason, an acceptance none",
  })
export const StateAnswer = z.strictObject({ state: DisclosureState })

/** One event of the stream: the state as it is now, and why where it is `refused`. */
export const StateEvent = z.strictObject({ state: DisclosureState, reason: Reason.optional() })

export const PublishRequest = z.strictObject({
  /** 79 bytes. */
  opaque: Base64Url.max(256),
  /** The S/MIME package, byte for byte. */
  authorisation: Base64Url.max(22_000),
})
export const PublishAnswer = z.strictObject({ queued: z.literal(true) })

/** Cycles `first` to `last` have been published, one batch each; both are absent while there is none. */
export const BatchesAnswer = z.strictObject({
  first: z.int().min(0).optional(),
  last: z.int().min(0).optional(),
  cycleSeconds: z.int().min(1),
})

export const ChallengeAnswer = z.strictObject({ nonce: z.string().min(44).max(128), expiresAt: Time })

const Base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/, "base64")
/** The Web eID authentication token, format `web-eid:1.x` (web-eid-system-architecture-doc, section "Token format"). */
export const WebEidToken = z.strictObject({
  format: z.string().regex(/^web-eid:1(\.[0-9]{1,3})?$/, "web-eid:1 or web-eid:1.x"),
  unverifiedCertificate: Base64.max(8_192),
  algorithm: z.enum(["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]),
  signature: Base64.max(2_048),
  appVersion: z.string().max(256).optional(),
})
/** Who signed in, as the certificate says it. */
export const Clinician = z.strictObject({
  name: z.string(),
  title: z.string().optional(),
  organisation: z.string().optional(),
  uziNumber: z.string().regex(/^[0-9]{9}$/),
  subscriberNumber: z.string().regex(/^[0-9]{8}$/),
  roleCode: z.string().regex(/^[0-9]{2}\.[0-9]{3}$/),
})
export const SessionAnswer = z.strictObject({
  sessionToken: Secret256,
  expiresAt: Time,
  clinician: Clinician,
  /** How many disclosures this clinician authorised since the sign-in before this one, by the backend's count. */
  authorisedSinceLastSignIn: z.int().min(0),
  /** How many more this clinician may authorise today. */
  budgetLeft: z.int().min(0),
})

export type RegisterRequest = z.infer<typeof RegisterRequest>
export type RegisterAnswer = z.infer<typeof RegisterAnswer>
export type FindAnswer = z.infer<typeof FindAnswer>
export type AcceptAnswer = z.infer<typeof AcceptAnswer>
export type PickUpAnswer = z.infer<typeof PickUpAnswer>
export type ReceiptRequest = z.infer<typeof ReceiptRequest>
export type StateAnswer = z.infer<typeof StateAnswer>
export type StateEvent = z.infer<typeof StateEvent>
export type PublishRequest = z.infer<typeof PublishRequest>
export type BatchesAnswer = z.infer<typeof BatchesAnswer>
export type ChallengeAnswer = z.infer<typeof ChallengeAnswer>
export type WebEidToken = z.infer<typeof WebEidToken>
export type Clinician = z.infer<typeof Clinician>
export type SessionAnswer = z.infer<typeof SessionAnswer>
export type DisclosureState = z.infer<typeof DisclosureState>

export type Caller = "phone" | "desk-session" | "status-token" | "anyone" | "operator"

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE"
  /** With `:name` for what varies. */
  readonly path: string
  readonly caller: Caller
  readonly summary: string
  /** Schema of a JSON body, or the media type of any other. */
  readonly request?: z.ZodType | string
  /** Status of success → schema of its JSON body, the media type of any other, or `undefined` for an empty one. */
  readonly answers: Readonly<Record<number, z.ZodType | string | undefined>>
  readonly problems: readonly ProblemCode[]
  /** Bodies in both directions are JSON, filled with trailing spaces to these many bytes, so that sizes tell nothing. */
  readonly paddedTo?: { readonly request?: number; readonly answer?: number }
}

const KIB = 1_024
export const SMIME_MEDIA_TYPE = "application/pkcs7-mime"
export const CRL_MEDIA_TYPE = "application/pkix-crl"
export const BATCH_MEDIA_TYPE = "application/octet-stream"
export const EVENT_STREAM_MEDIA_TYPE = "text/event-stream"
/** The largest package there is; see `smime.ts`. */
export const MAX_AUTHORISATION_BYTES = 16 * KIB

/** Every call of protocol.md. The operator's calls have no `/v1` and live on a port of their own. */
export const ROUTES = {
  register: {
    method: "POST",
    path: "/v1/disclosures",
    caller: "phone",
    summary: "A phone registers a hash under six digits.",
    request: RegisterRequest,
    answers: { 200: RegisterAnswer, 201: RegisterAnswer },
    problems: [
      "malformed-request",
      "payload-too-large",
      "reference-taken",
      "puzzle-required",
      "too-many-requests",
    ],
    paddedTo: { request: KIB, answer: KIB },
  },
  find: {
    method: "GET",
    path: "/v1/disclosures/:reference",
    caller: "desk-session",
    summary: "A clinician finds the hash that was registered under six digits.",
    answers: { 200: FindAnswer },
    problems: ["not-signed-in", "not-found", "too-many-requests"],
  },
  accept: {
    method: "PUT",
    path: "/v1/disclosures/:reference/authorisation",
    caller: "desk-session",
    summary: "A clinician hands in the signed package.",
    request: SMIME_MEDIA_TYPE,
    answers: { 200: AcceptAnswer, 201: AcceptAnswer },
    problems: [
      "not-signed-in",
      "payload-too-large",
      "not-found",
      "already-authorised",
      "gone",
      "refused",
      "budget-spent",
      "too-many-requests",
      "revocation-unknown",
    ],
  },
  pickUp: {
    method: "GET",
    path: "/v1/disclosures/:reference/authorisation",
    caller: "phone",
    summary: "The phone picks its package up; `wait` seconds (0 to 60) it waits for one to come.",
    answers: { 200: PickUpAnswer, 204: undefined },
    problems: ["not-found", "too-many-requests"],
    paddedTo: { answer: 24 * KIB },
  },
  receipt: {
    method: "POST",
    path: "/v1/disclosures/:reference/receipt",
    caller: "phone",
    summary: "The phone says what it thinks of the package.",
    request: ReceiptRequest,
    answers: { 200: StateAnswer },
    problems: ["malformed-request", "payload-too-large", "not-found", "too-many-requests"],
    paddedTo: { request: KIB, answer: KIB },
  },
  withdraw: {
    method: "DELETE",
    path: "/v1/disclosures/:reference",
    caller: "phone",
    summary: "The patient takes it back.",
    answers: { 200: StateAnswer },
    problems: ["not-found", "too-many-requests"],
    paddedTo: { answer: KIB },
  },
  events: {
    method: "GET",
    path: "/v1/disclosures/:reference/events",
    caller: "status-token",
    summary: "The desk follows the state; each event `state` carries a StateEvent.",
    answers: { 200: EVENT_STREAM_MEDIA_TYPE },
    problems: ["not-found"],
  },
  publish: {
    method: "POST",
    path: "/v1/publications",
    caller: "anyone",
    summary: "A phone publishes its seed, without saying who it is.",
    request: PublishRequest,
    answers: { 202: PublishAnswer },
    problems: [
      "malformed-request",
      "payload-too-large",
      "refused",
      "revocation-unknown",
      "too-many-requests",
    ],
    paddedTo: { request: 24 * KIB, answer: KIB },
  },
  crl: {
    method: "GET",
    path: "/v1/crls/:issuerKeyId",
    caller: "anyone",
    summary: "The certificate revocation list of an authority, as the authority signed it (DER).",
    answers: { 200: CRL_MEDIA_TYPE, 304: undefined },
    problems: ["not-found"],
  },
  batches: {
    method: "GET",
    path: "/v1/batches",
    caller: "anyone",
    summary: "Which batches there are.",
    answers: { 200: BatchesAnswer, 304: undefined },
    problems: [],
  },
  batch: {
    method: "GET",
    path: "/v1/batches/:cycle",
    caller: "anyone",
    summary: "One batch.",
    answers: { 200: BATCH_MEDIA_TYPE, 304: undefined },
    problems: ["not-found"],
  },
  challenge: {
    method: "POST",
    path: "/v1/sessions/challenge",
    caller: "anyone",
    summary: "A nonce to sign in with.",
    answers: { 201: ChallengeAnswer },
    problems: ["too-many-requests"],
  },
  signIn: {
    method: "POST",
    path: "/v1/sessions",
    caller: "anyone",
    summary: "A clinician signs in with the authentication key of the card.",
    request: z.strictObject({ nonce: z.string().max(128), token: WebEidToken }),
    answers: { 201: SessionAnswer },
    problems: [
      "malformed-request",
      "payload-too-large",
      "not-signed-in",
      "refused",
      "revocation-unknown",
      "too-many-requests",
    ],
  },
  signOut: {
    method: "DELETE",
    path: "/v1/sessions/current",
    caller: "desk-session",
    summary: "The session ends.",
    answers: { 204: undefined },
    problems: ["not-signed-in"],
  },
  ...REPRESENTATION_ROUTES,
} as const satisfies Readonly<Record<string, Route>>

/** The path of a route with its parameters filled in, percent-encoded. */
export function routePath(route: Route, parameters: Readonly<Record<string, string>> = {}): string {
  return route.path.replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ""))
}
