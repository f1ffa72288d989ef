import * as client from "openid-client"
import { PhoneError } from "../phone-error.ts"

/** What the phone asks the provider's authorization server for, as a *Dienstverlener persoon* (RFC0075). */
export interface RepresentationRequest {
  /** The server's issuer. */
  readonly server: string
  /** The phone's own name on the OAuth Client List. */
  readonly clientId: string
  readonly redirectUri: string
  /** Provider and service, such as `eenofanderezorgaanbieder~48`. */
  readonly service: string
  /** Of the represented person, JJJJMMDD. */
  readonly birthDate: string
  /** Has the person visit this address in a browser, and answers with the address that it came back to. */
  readonly visit: (address: URL) => Promise<URL>
}

const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"])
const TIMEOUT_SECONDS = 15

/**
 * Runs the authorization code flow with PKCE and answers the single-use token for the registration. `state`, `iss` and the
 * code challenge are checked by the library. Throws PhoneError: `representation-refused` where the server granted nothing
 * (it does not tell why; the person was told on its page), `wrong-answer` for an answer that fits nothing that was asked.
 */
export async function obtainRepresentationToken(request: RepresentationRequest): Promise<string> {
  const server = serverAddress(request.server)
  try {
    const configuration = await discover(server, request.clientId)
    return await runFlow(configuration, request)
  } catch (error) {
    throw phoneErrorOf(error)
  }
}

function serverAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK.has(url.hostname))
  if (url === undefined || !isSafe)
    throw new PhoneError("insecure-backend", "the authorization server is spoken to over https")
  return url
}

function discover(server: URL, clientId: string): Promise<client.Configuration> {
  const execute = server.protocol === "http:" ? [client.allowInsecureRequests] : []
  return client.discovery(server, clientId, undefined, client.None(), {
    algorithm: "oauth2",
    timeout: TIMEOUT_SECONDS,
    execute,
  })
}

async function runFlow(configuration: client.Configuration, request: RepresentationRequest): Promise<string> {
  const { redirectUri, service, birthDate, visit } = request
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const expectedState = client.randomState()
  const address = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: `${service} onbehalfof`,
    state: expectedState,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    MedMij_geboortedatum: birthDate,
  })
  const returned = await visit(address)
  const tokens = await client.authorizationCodeGrant(configuration, returned, {
    pkceCodeVerifier,
    expectedState,
  })
  return tokens.access_token
}

function phoneErrorOf(error: unknown): unknown {
  if (error instanceof PhoneError) return error
  const cause = { cause: error }
  if (error instanceof client.AuthorizationResponseError)
    return new PhoneError("representation-refused", `the server answered ${error.error}`, cause)
  if (error instanceof client.ResponseBodyError)
    return new PhoneError("representation-refused", `the server gave no token: ${error.error}`, cause)
  if (error instanceof client.ClientError)
    return new PhoneError(
      "wrong-answer",
      `the authorization server's answer does not fit: ${error.message}`,
      cause,
    )
  if (error instanceof TypeError)
    return new PhoneError("no-network", "the authorization server cannot be reached", cause)
  return error
}
