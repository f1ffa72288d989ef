import type { z } from "zod"
import type { ROUTES, SessionAnswer, WebEidToken } from "../../src-protocol/api.ts"
import { base64UrlOf } from "../../src-protocol/bytes.ts"
import type { Certificate } from "../../src-protocol/certificate.ts"
import { ProtocolError } from "../../src-protocol/errors.ts"
import { dayOf, printInstant, type Instant } from "../../src-protocol/instant.ts"
import { judgeCertificate } from "../../src-protocol/judge-certificate.ts"
import { REFUSAL_REASONS, type RefusalReason } from "../../src-protocol/reasons.ts"
import type { SignerIdentity } from "../../src-protocol/signer-identity.ts"
import { budgetLeft, countsOf } from "../authorisations/clinician-counts.ts"
import type { Backend } from "../backend.ts"
import { ProblemError } from "../http/problem-error.ts"
import type { Answer, Call } from "../http/serve-route.ts"
import { hashOfToken } from "./session.ts"
import { verifyWebEidToken } from "./web-eid-token.ts"

const TOKEN_BYTES = 32

/** A nonce for the card to sign. */
export async function challenge(backend: Backend, call: Call<undefined>): Promise<Answer> {
  await backend.addressBudgets.call(call.address)
  const { nonce, expiresAt } = await backend.challenges.draw()
  return { status: 201, body: { nonce, expiresAt: printInstant(expiresAt) } }
}

/** Signs a clinician in whose card answers the challenge, by the rules and with the reasons of judging. */
export async function signIn(
  backend: Backend,
  call: Call<z.output<typeof ROUTES.signIn.request>>,
): Promise<Answer> {
  await backend.addressBudgets.call(call.address)
  const { nonce, token } = call.body
  // Used up whatever comes of it: one nonce, one try.
  if (!(await backend.challenges.use(nonce)))
    throw new ProblemError("not-signed-in", { detail: "ask for a new nonce" })
  const certificate = await certificateOf(backend, token, nonce)
  const signer = await judgeSigner(backend, certificate)
  backend.log({ is: "sign-in", accepted: true })
  return { status: 201, body: await openSession(backend, signer) }
}

async function certificateOf(backend: Backend, token: WebEidToken, nonce: string): Promise<Certificate> {
  const { origin } = backend
  if (origin === undefined) throw new ProblemError("unavailable")
  try {
    return await verifyWebEidToken(backend.crypto, token, { origin, nonce })
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    const reason = REFUSAL_REASONS.find((known) => known === error.code)
    if (reason === undefined)
      throw new ProblemError("malformed-request", { detail: "the token cannot be read" })
    throw refused(backend, reason)
  }
}

async function judgeSigner(backend: Backend, certificate: Certificate): Promise<SignerIdentity> {
  const at = backend.clock()
  const verdict = await judgeCertificate([certificate.der], "authentication", {
    crypto: backend.crypto,
    trust: backend.config.authenticationTrust,
    at,
    revocation: backend.crls.revocation(at),
    maximumCrlAgeMilliseconds: backend.config.settings.maximumCrlAgeMilliseconds,
  })
  if (verdict.is === "refused") throw refused(backend, verdict.reason)
  return verdict.signer
}

function refused(backend: Backend, reason: RefusalReason): ProblemError {
  backend.log({ is: "sign-in", accepted: false, reason })
  const { retryAfterSeconds } = backend.config.settings
  if (reason === "revocation-unknown")
    return new ProblemError("revocation-unknown", { reason, retryAfterSeconds })
  return new ProblemError("refused", { reason })
}

async function openSession(backend: Backend, signer: SignerIdentity): Promise<SessionAnswer> {
  const { crypto, store, clock } = backend
  const { sessionMilliseconds, authorisationsPerClinicianPerDay } = backend.config.settings
  const token = crypto.randomBytes(TOKEN_BYTES)
  const now = clock()
  // A session ends with the certificate that opened it.
  const expiresAt: Instant = Math.min(now + sessionMilliseconds, signer.notAfter)
  const tokenHash = await hashOfToken(crypto, token)
  const counts = await store.transaction(async ({ sessions, clinicians }) => {
    await sessions.add(tokenHash, { ...numbersOf(signer), expiresAt })
    const before = countsOf(await clinicians.find(signer), dayOf(now))
    await clinicians.save(signer, { ...before, authorisedSinceSignIn: 0 })
    return before
  })
  return {
    sessionToken: base64UrlOf(token),
    expiresAt: printInstant(expiresAt),
    clinician: clinicianOf(signer),
    authorisedSinceLastSignIn: counts.authorisedSinceSignIn,
    budgetLeft: budgetLeft(counts, authorisationsPerClinicianPerDay),
  }
}

function numbersOf({ uziNumber, subscriberNumber }: SignerIdentity): {
  uziNumber: string
  subscriberNumber: string
} {
  return { uziNumber, subscriberNumber }
}

function clinicianOf(signer: SignerIdentity): SessionAnswer["clinician"] {
  const { name, title, organisation, roleCode } = signer
  return {
    name,
    ...(title === undefined ? {} : { title }),
    ...(organisation === undefined ? {} : { organisation }),
    ...numbersOf(signer),
    roleCode,
  }
}
