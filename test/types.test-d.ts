import { describe, expectTypeOf, test } from "vitest"
import type { Caller, Route, ROUTES } from "../src-protocol/api.ts"
import type { ProblemCode } from "../src-protocol/problems.ts"
import type { Curve, SignatureAlgorithm } from "../src-protocol/crypto-port.ts"
import type { reasonWords } from "../src-protocol/reason-words.ts"
import type {
  JudgingReason,
  MismatchReason,
  PublicationReason,
  RefusalReason,
} from "../src-protocol/reasons.ts"
import type { DecodedTrustwords } from "../src-protocol/trustwords/codec.ts"
import type { Verdict } from "../src-protocol/verify-authorisation.ts"

// The compiler judges this file (`npm run types`); nothing in it runs.

describe("reasons", () => {
  test("are closed lists, and no reason is in two of them", () => {
    expectTypeOf<string>().not.toExtend<RefusalReason>()
    expectTypeOf<JudgingReason | MismatchReason | PublicationReason>().toEqualTypeOf<RefusalReason>()
    expectTypeOf<JudgingReason & MismatchReason>().toBeNever()
    expectTypeOf<JudgingReason & PublicationReason>().toBeNever()
    expectTypeOf<MismatchReason & PublicationReason>().toBeNever()
  })

  test("all have words in both languages", () => {
    expectTypeOf<keyof typeof reasonWords>().toEqualTypeOf<"nl" | "en">()
    expectTypeOf<keyof (typeof reasonWords)["nl"]>().toEqualTypeOf<RefusalReason>()
    expectTypeOf<keyof (typeof reasonWords)["en"]>().toEqualTypeOf<RefusalReason>()
  })
})

describe("a verdict", () => {
  test("is authorised or refused, and nothing between", () => {
    expectTypeOf<Verdict["is"]>().toEqualTypeOf<"authorised" | "refused">()
  })

  test("has a hash only when it is authorised, and a reason only when it is refused", () => {
    type Authorised = Extract<Verdict, { readonly is: "authorised" }>
    type Refused = Extract<Verdict, { readonly is: "refused" }>
    expectTypeOf<Authorised>().toHaveProperty("hash").toEqualTypeOf<string>()
    expectTypeOf<Authorised>().not.toHaveProperty("reason")
    expectTypeOf<Refused>().toHaveProperty("reason").toEqualTypeOf<RefusalReason>()
    expectTypeOf<Refused>().not.toHaveProperty("hash")
    expectTypeOf<Refused>().not.toHaveProperty("confirmation")
  })

  test("cannot be read before it is asked what it is", () => {
    expectTypeOf<Verdict>().not.toHaveProperty("hash")
    expectTypeOf<Verdict>().not.toHaveProperty("reason")
  })

  test("cannot be changed", () => {
    expectTypeOf<Verdict>().toEqualTypeOf<Readonly<Verdict>>()
  })
})

describe("decoded trustwords", () => {
  test("carry a code only when the words made one", () => {
    expectTypeOf<Extract<DecodedTrustwords, { readonly is: "code" }>>().toHaveProperty("code")
    expectTypeOf<Exclude<DecodedTrustwords, { readonly is: "code" }>>().not.toHaveProperty("code")
  })
})

describe("a signature algorithm", () => {
  test("names a curve exactly when it is ECDSA", () => {
    type Ecdsa = Extract<SignatureAlgorithm, { readonly scheme: "ecdsa" }>
    expectTypeOf<Ecdsa["curve"]>().toEqualTypeOf<Curve>()
    expectTypeOf<Exclude<SignatureAlgorithm, Ecdsa>>().not.toHaveProperty("curve")
  })

  test("never hashes with SHA-1", () => {
    expectTypeOf<{ scheme: "rsa-pkcs1"; hash: "sha-1" }>().not.toExtend<SignatureAlgorithm>()
  })
})

describe("every route", () => {
  type Routes = typeof ROUTES

  test("has a known caller and problems of the closed list", () => {
    expectTypeOf<Routes[keyof Routes]>().toExtend<Route>()
    expectTypeOf<Routes[keyof Routes]["caller"]>().toExtend<Caller>()
    expectTypeOf<Routes[keyof Routes]["problems"][number]>().toExtend<ProblemCode>()
    expectTypeOf<string>().not.toExtend<ProblemCode>()
  })

  test("that hands in or reads a signed package asks who is there", () => {
    expectTypeOf<Routes["accept"]["caller"]>().toEqualTypeOf<"desk-session">()
    expectTypeOf<Routes["pickUp"]["caller"]>().toEqualTypeOf<"phone">()
  })
})
