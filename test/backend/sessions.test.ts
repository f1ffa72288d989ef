import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { z } from "zod"
import { verifyWebEidToken } from "../../src-backend/sessions/web-eid-token.ts"
import { WebEidToken } from "../../src-protocol/api.ts"
import { judgeCertificate } from "../../src-protocol/judge-certificate.ts"
import { DAY, HOUR, MINUTE, printInstant } from "../../src-protocol/instant.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { softCard } from "../../src-testkit/cards/soft-signer.ts"
import { refreshCrls } from "../../src-testkit/pki/refresh-crls.ts"
import type { KeyKind } from "../../src-testkit/pki/keys.ts"
import type { CardProfileId } from "../../src-testkit/profiles.ts"
import { askNonce, authorised, find, signIn, trySignIn, webEidToken } from "./support/actors.ts"
import { cardOf, castOfFile, inWorld } from "./support/cast.ts"
import { textLike } from "./support/matchers.ts"
import { filesHold } from "./support/files-hold.ts"
import { ask, problemOf, type Seen, type World } from "./support/world.ts"

const cast = castOfFile()
const NOT_SIGNED_IN = { status: 401, code: "not-signed-in" }

function send(world: World, nonce: string, token: object): Promise<Seen> {
  return ask(world, { method: "POST", path: "/v1/sessions", json: { nonce, token } })
}

function signOut(world: World, session: string): Promise<Seen> {
  return ask(world, { method: "DELETE", path: "/v1/sessions/current", bearer: session })
}

test("a challenge is a nonce of its own each time, good for five minutes", async () => {
  await inWorld(cast.get().pki, {}, async (world) => {
    const { status, body } = await ask(world, { method: "POST", path: "/v1/sessions/challenge" })
    expect(status).toBe(201)
    expect(body["expiresAt"]).toBe(printInstant(world.now() + 5 * MINUTE))
    expect(await askNonce(world)).not.toBe(body["nonce"])
  })
})

test("a clinician is signed in for eight hours and told who the certificate says it is", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const { status, body } = await trySignIn(world, doctor)
    expect(status).toBe(201)
    const { uziNumber, subscriberNumber, organisation } = doctor.holder
    expect(body).toEqual({
      sessionToken: textLike(/^[\w-]{43}$/),
      expiresAt: printInstant(world.now() + 8 * HOUR),
      clinician: {
        name: "Jannie Tester",
        title: "Arts",
        organisation,
        uziNumber,
        subscriberNumber,
        roleCode: "01.000",
      },
      authorisedSinceLastSignIn: 0,
      budgetLeft: 50,
    })
  })
})

test.each<[CardProfileId, KeyKind]>([
  ["arts", "rsa-2048"],
  ["arts-pss", "rsa-2048"],
  ["arts-p256", "p-256"],
  ["arts-p384", "p-384"],
  ["arts-p384", "p-521"],
])("a card %s with keys %s signs in", async (profile, keyKind) => {
  const { pki } = cast.get()
  const card = await softCard({ pki, profile, name: "Jannie Tester", at: Date.now(), keyKind })
  await inWorld(pki, {}, async (world) => {
    expect((await trySignIn(world, card)).status).toBe(201)
  })
})

test.each<[CardProfileId, string]>([
  ["apothekersassistent", "profession-not-article-3"],
  ["andere-zorg", "profession-not-article-3"],
  ["medewerker", "wrong-issuing-ca"],
  ["verlopen", "certificate-expired"],
  ["toekomstig", "certificate-not-yet-valid"],
  ["ingetrokken", "certificate-revoked"],
  ["nagemaakt", "untrusted-chain"],
])("the card %s is refused at sign-in: %s", async (profile, reason) => {
  const { pki } = cast.get()
  const card = await cardOf(pki, profile, "Jannie Tester")
  await inWorld(pki, {}, async (world) => {
    expect(problemOf(await trySignIn(world, card))).toEqual({ status: 422, code: "refused", reason })
  })
})

test("the signature certificate does not sign in", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const answer = await trySignIn(world, { ...doctor, authentication: doctor.signature })
    expect(problemOf(answer)).toEqual({ status: 422, code: "refused", reason: "wrong-key-usage" })
  })
})

test("a token that was signed for another origin is refused", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    for (const origin of ["https://evil.example", "https://desk.example:8443", "https://desk.example/"]) {
      const answer = await trySignIn(world, doctor, origin)
      expect(problemOf(answer)).toEqual({ status: 422, code: "refused", reason: "bad-signature" })
    }
  })
})

test("a nonce works once, whatever came of it", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const nonce = await askNonce(world)
    const good = await webEidToken(doctor.authentication, nonce)
    expect((await send(world, nonce, good)).status).toBe(201)
    expect(problemOf(await send(world, nonce, good))).toEqual(NOT_SIGNED_IN)
    const second = await askNonce(world)
    expect((await send(world, second, good)).status).toBe(422)
    const late = await webEidToken(doctor.authentication, second)
    expect(problemOf(await send(world, second, late))).toEqual(NOT_SIGNED_IN)
  })
})

test("a nonce works for five minutes, in this process, and only as it was given", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const [early, late] = [await askNonce(world), await askNonce(world)]
    world.advance(5 * MINUTE - 1)
    expect((await send(world, early, await webEidToken(doctor.authentication, early))).status).toBe(201)
    world.advance(1)
    expect(problemOf(await send(world, late, await webEidToken(doctor.authentication, late)))).toEqual(
      NOT_SIGNED_IN,
    )
    const bytes = Buffer.from(await askNonce(world), "base64")
    bytes[36] = (bytes[36] ?? 0) ^ 0x80
    for (const made of [bytes.toString("base64"), Buffer.alloc(72).toString("base64"), "A".repeat(44), ""]) {
      expect(problemOf(await send(world, made, await webEidToken(doctor.authentication, made)))).toEqual(
        NOT_SIGNED_IN,
      )
    }
    const before = await askNonce(world)
    const later = await world.restart()
    expect(problemOf(await send(later, before, await webEidToken(doctor.authentication, before)))).toEqual(
      NOT_SIGNED_IN,
    )
    await later.close()
  })
})

test.each([
  ["another format", { format: "web-eid:2.0" }, 400, "malformed-request"],
  ["an unknown member", { extra: 1 }, 400, "malformed-request"],
  ["an algorithm that is none", { algorithm: "none" }, 400, "malformed-request"],
  ["no certificate", { unverifiedCertificate: "AAAA" }, 400, "malformed-request"],
  ["an algorithm of another kind of key", { algorithm: "RS256" }, 422, "refused"],
  ["an algorithm of another curve", { algorithm: "ES384" }, 422, "refused"],
  ["a signature of another length", { signature: "AAAA" }, 422, "refused"],
  ["a signature of zeros", { signature: Buffer.alloc(64).toString("base64") }, 422, "refused"],
])("a token with %s does not sign in", async (_, change, status, code) => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const nonce = await askNonce(world)
    const answer = await send(world, nonce, {
      ...(await webEidToken(doctor.authentication, nonce)),
      ...change,
    })
    expect(problemOf(answer)).toMatchObject({ status, code })
  })
})

test("later minor versions of the format are taken", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const nonce = await askNonce(world)
    const token = { ...(await webEidToken(doctor.authentication, nonce)), format: "web-eid:1.1" }
    expect((await send(world, nonce, token)).status).toBe(201)
  })
})

test("while revocation is unknown nobody signs in, and the answer says when to try again", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, { withoutCrls: true }, async (world) => {
    const answer = await trySignIn(world, doctor)
    expect(problemOf(answer)).toEqual({
      status: 503,
      code: "revocation-unknown",
      reason: "revocation-unknown",
    })
    expect(answer.headers["retry-after"]).toBe("60")
  })
})

test("a session ends after eight hours, at sign-out, and with the certificate; it survives a restart", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const [first, second] = [await signIn(world, doctor), await signIn(world, doctor)]
    expect((await signOut(world, first)).status).toBe(204)
    expect(problemOf(await signOut(world, first))).toEqual(NOT_SIGNED_IN)
    expect(problemOf(await find(world, first, "000000"))).toEqual(NOT_SIGNED_IN)
    world.advance(8 * HOUR - 1)
    const later = await world.restart()
    expect((await find(later, second, "000000")).status).toBe(404)
    later.advance(1)
    expect(problemOf(await find(later, second, "000000"))).toEqual(NOT_SIGNED_IN)
    later.advance(1_093 * DAY - later.now() + Date.now() + 20 * HOUR)
    await later.freshCrls()
    const { body } = await trySignIn(later, doctor)
    expect(Date.parse(String(body["expiresAt"]))).toBeLessThan(later.now() + 8 * HOUR)
    await later.close()
  })
})

test("the store holds no session token", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const session = await signIn(world, doctor)
    expect(await filesHold(world.directory, Buffer.from(session))).toBe(false)
    expect(await filesHold(world.directory, Buffer.from(session, "base64url"))).toBe(false)
  })
})

test("sign-in tells how many were authorised since the sign-in before, by the backend's count", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const first = await signIn(world, doctor)
    await authorised(world, doctor, first)
    await authorised(world, doctor, first)
    expect((await trySignIn(world, doctor)).body).toMatchObject({
      authorisedSinceLastSignIn: 2,
      budgetLeft: 48,
    })
    expect((await trySignIn(world, doctor)).body).toMatchObject({
      authorisedSinceLastSignIn: 0,
      budgetLeft: 48,
    })
  })
})

test("challenges and sign-ins have a budget per address", async () => {
  await inWorld(cast.get().pki, { settings: { callsPerAddressPerMinute: 1 } }, async (world) => {
    await askNonce(world)
    const answer = await ask(world, { method: "POST", path: "/v1/sessions/challenge" })
    expect(problemOf(answer)).toEqual({ status: 429, code: "too-many-requests" })
  })
})

const VECTOR = join(import.meta.dirname, "../../../shared/vectors/web-eid-token.json")
const Vector = z.object({ origin: z.string(), nonce: z.string(), validAt: z.string(), token: WebEidToken })

test("a published Web eID token verifies, over its own origin and nonce only, and its certificate is not of the UZI register", async (context) => {
  if (!existsSync(VECTOR)) return context.skip("../shared/vectors/web-eid-token.json is not here")
  const { origin, nonce, validAt, token } = Vector.parse(JSON.parse(readFileSync(VECTOR, "utf8")))
  const certificate = await verifyWebEidToken(nodeCrypto, token, { origin, nonce })
  for (const wrong of [
    { origin, nonce: `${nonce}4` },
    { origin: `${origin}/`, nonce },
  ]) {
    await expect(verifyWebEidToken(nodeCrypto, token, wrong)).rejects.toMatchObject({ code: "bad-signature" })
  }
  const { pki } = cast.get()
  const at = Date.parse(validAt)
  await refreshCrls(pki, Date.now() - MINUTE)
  const verdict = await judgeCertificate([certificate.der], "authentication", {
    crypto: nodeCrypto,
    trust: pki.trust,
    at,
    revocation: { crls: [], checkedAt: at },
    maximumCrlAgeMilliseconds: HOUR,
  })
  expect(verdict).toMatchObject({ is: "refused", reason: "untrusted-chain" })
})
