import { bytesOfBase64Url } from "../../src-protocol/bytes.ts"
import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import { ProtocolError } from "../../src-protocol/errors.ts"
import type { Backend } from "../backend.ts"
import { ProblemError } from "../http/problem-error.ts"
import type { Answer, Call } from "../http/serve-route.ts"
import type { Session } from "../store/records/sessions.ts"
import type { Records } from "../store/store.ts"

/** A bearer token as the store knows it. */
export function hashOfToken(crypto: Pick<CryptoPort, "digest">, token: Uint8Array): Promise<Uint8Array> {
  return crypto.digest("sha-256", token)
}

/** The 32 bytes of a bearer token, or `undefined` for any other text. */
export function readBearer(bearer: string | undefined): Uint8Array | undefined {
  if (bearer?.length !== 43) return undefined
  try {
    return bytesOfBase64Url(bearer)
  } catch (error) {
    if (error instanceof ProtocolError) return undefined
    throw error
  }
}

/** The session of a call; throws `not-signed-in` where there is none, or none any more. */
export async function sessionOf(backend: Backend, call: Pick<Call<unknown>, "bearer">): Promise<Session> {
  return inSession(backend, call, (_, session) => Promise.resolve(session))
}

/** Runs `work` in the transaction that finds the session of a call; throws `not-signed-in` where there is none, or none any more. */
export async function inSession<T>(
  backend: Pick<Backend, "clock" | "crypto" | "store">,
  call: Pick<Call<unknown>, "bearer">,
  work: (records: Records, session: Session) => Promise<T>,
): Promise<T> {
  const token = readBearer(call.bearer)
  if (token === undefined) throw new ProblemError("not-signed-in")
  const tokenHash = await hashOfToken(backend.crypto, token)
  return backend.store.transaction(async (records) => {
    const session = await records.sessions.find(tokenHash)
    if (session === undefined || session.expiresAt <= backend.clock()) throw new ProblemError("not-signed-in")
    return work(records, session)
  })
}

/** Ends the session: the card left, or the clinician did. */
export async function signOut(backend: Backend, call: Call<undefined>): Promise<Answer> {
  await sessionOf(backend, call)
  const token = readBearer(call.bearer)
  if (token !== undefined) {
    const tokenHash = await hashOfToken(backend.crypto, token)
    await backend.store.transaction(({ sessions }) => sessions.remove(tokenHash))
  }
  return { status: 204 }
}
