import { z } from "zod"
import { Hash, Reason, Secret256 } from "../../src-protocol/api.ts"

/**
 * What the phone keeps: its day keys, the revocation lists it fetched, and at most one disclosure, which is in one step.
 * Bytes are base64url without padding, times are milliseconds since 1970.
 */
export const STATE_FORMAT = "vrijgave-phone"
export const STATE_VERSION = 1

const Bytes = z.string().regex(/^[A-Za-z0-9_-]*$/, "base64url without padding")
const Time = z.int()
const KeyId = z.string().regex(/^[0-9a-f]{2,128}$/)

/** The day key of the oldest day that the phone still holds; the later ones follow from it. */
export const Seed = z.strictObject({ day: z.int().min(0), key: Secret256 })

/** What was drawn for one disclosure. `composedAt` is the earliest time at which a clinician can have signed it. */
const Drawn = z.strictObject({
  code: z.string().regex(/^[0-9]{10}$/),
  opaque: Bytes,
  hash: Hash,
  pickupKey: Secret256,
  composedAt: Time,
})

/** Who signed, as the patient sees it. */
export const SignerView = z.strictObject({
  name: z.string(),
  title: z.string().optional(),
  profession: z.string(),
  organisation: z.string().optional(),
  uziNumber: z.string(),
})

const PickedUp = z.strictObject({ authorisation: Bytes })
const Receipt = z.enum(["owed", "sent"])

/** Drawn and kept, not yet known to be registered. */
const Registering = Drawn.extend({
  step: z.literal("registering"),
  representationToken: z.string().max(512).optional(),
})
/** The clinician can find it. `mismatch` is the last package that was about another hash or code. */
const Registered = Drawn.extend({
  step: z.literal("registered"),
  expiresAt: Time,
  mismatches: z.int().min(0),
  mismatch: z.strictObject({ packageHash: Hash, reason: Reason, receipt: Receipt }).optional(),
})
/** A package is here that cannot be judged yet, for a reason that passes. */
const Received = Registered.extend({
  step: z.literal("received"),
  ...PickedUp.shape,
  reason: z.union([Reason, z.literal("own-clock-wrong")]),
})
/** The package is good; the patient may publish or withdraw. */
const Verified = Drawn.extend({
  step: z.literal("verified"),
  ...PickedUp.shape,
  signer: SignerView,
  signedAt: Time,
  verifiedAt: Time,
  receipt: Receipt,
  /** The random time before which the phone does not publish. */
  publishAt: Time.optional(),
})
/** A publication may have left: nothing is destroyed before the backend says that it has it. */
const Publishing = z.strictObject({
  step: z.literal("publishing"),
  opaque: Bytes,
  ...PickedUp.shape,
  signer: SignerView,
  since: Time,
  /** Present where the last answer was a definite no. */
  refusedFor: Reason.optional(),
})
const Done = z.strictObject({ step: z.literal("done"), publishedAt: Time })
/** What is left of a disclosure whose receipt or withdrawal the backend may not have heard of. */
const Farewell = z.strictObject({ reference: z.string().regex(/^[0-9]{6}$/), pickupKey: Secret256 })
const Refused = z.strictObject({ step: z.literal("refused"), reason: Reason, owed: Farewell.optional() })
const Withdrawn = z.strictObject({ step: z.literal("withdrawn"), owed: Farewell.optional() })
const Expired = z.strictObject({ step: z.literal("expired") })

export const Disclosure = z.discriminatedUnion("step", [
  Registering,
  Registered,
  Received,
  Verified,
  Publishing,
  Done,
  Refused,
  Withdrawn,
  Expired,
])

/** An authority that is built in or proven by a chain to the root; its list is checked against its key. */
const Authority = z.strictObject({
  certificate: Bytes,
  crl: Bytes.optional(),
  /** The highest cRLNumber seen, in decimal. */
  lowestNumber: z
    .string()
    .regex(/^[0-9]+$/)
    .optional(),
})

export const PhoneState = z.strictObject({
  format: z.literal(STATE_FORMAT),
  version: z.literal(STATE_VERSION),
  seed: Seed,
  authorities: z.record(KeyId, Authority),
  disclosure: Disclosure.optional(),
})

export type Seed = Readonly<z.infer<typeof Seed>>
export type SignerView = Readonly<z.infer<typeof SignerView>>
export type Drawn = Readonly<z.infer<typeof Drawn>>
export type Registering = Readonly<z.infer<typeof Registering>>
export type Registered = Readonly<z.infer<typeof Registered>>
export type Received = Readonly<z.infer<typeof Received>>
export type Verified = Readonly<z.infer<typeof Verified>>
export type Publishing = Readonly<z.infer<typeof Publishing>>
export type Refused = Readonly<z.infer<typeof Refused>>
export type Withdrawn = Readonly<z.infer<typeof Withdrawn>>
export type Farewell = Readonly<z.infer<typeof Farewell>>
export type Authority = Readonly<z.infer<typeof Authority>>
export type Disclosure =
  | Registering
  | Registered
  | Received
  | Verified
  | Publishing
  | Readonly<z.infer<typeof Done>>
  | Refused
  | Withdrawn
  | Readonly<z.infer<typeof Expired>>
export type DisclosureStep = Disclosure["step"]
export type PhoneState = Omit<Readonly<z.infer<typeof PhoneState>>, "disclosure"> & {
  readonly disclosure?: Disclosure | undefined
}
