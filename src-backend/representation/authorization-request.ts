import { allowsRedirect, clientOf } from "./clients.ts"
import { dutchDay, parseBirthDate } from "./birth-date.ts"
import type { ExceptionId } from "./exceptions.ts"
import { oneValue, readQuery, type Query } from "./http/read-query.ts"
import type { Client, Provider, RepresentationConfig } from "./representation-config.ts"
import { parseScope, type RequestedScope } from "./scope.ts"
import type { Instant } from "../../src-protocol/instant.ts"

/** An authorization request that may go on to the landing page. */
export interface AuthorizationRequest {
  readonly client: Client
  readonly provider: Provider
  readonly redirectUri: string
  readonly state: string
  /** As it came: it is answered with the token. */
  readonly scope: string
  readonly asked: RequestedScope
  readonly codeChallenge?: string
  /** Of MedMij's chain of logs: UUIDs, or absent. */
  readonly requestId?: string
  readonly correlationId?: string
}

export type CheckedRequest =
  /** The birth date is there exactly where representation is asked for; apart, for it goes before the request does. */
  | { readonly is: "accepted"; readonly request: AuthorizationRequest; readonly birthDate?: string }
  /** 1a: no redirect to an address that is not known to be the client's. */
  | { readonly is: "page"; readonly exception: ExceptionId }
  | {
      readonly is: "refused"
      readonly exception: ExceptionId
      readonly redirectUri: string
      readonly state?: string
      readonly requestId?: string
      readonly correlationId?: string
    }

const STATE = /^[\x20-\x7e]{1,1024}$/
/** Base64url of SHA-256 (RFC 7636 section 4.2). */
const S256_CHALLENGE = /^[A-Za-z0-9_-]{43}$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** What must not be doubled wherever it stands; the birth date only counts where representation is asked for. */
const ONCE = ["response_type", "scope", "code_challenge", "code_challenge_method"]
const TRACE_IDS = ["MedMij-Request-ID", "X-Correlation-ID"]

/**
 * Judges the query of an authorization request, always in the same order, so that of several faults always the same one
 * is answered: client, redirect_uri, state, doubled parameters, response_type, scope, birth date, PKCE, trace ids. Any
 * other parameter is ignored. Nothing that is asked of anybody depends on the birth date beyond its form.
 */
export function checkAuthorizationRequest(
  config: RepresentationConfig,
  rawQuery: string,
  now: Instant,
): CheckedRequest {
  const query = readQuery(rawQuery)
  const client = clientOf(config, oneValue(query, "client_id") ?? "")
  const redirectUri = oneValue(query, "redirect_uri")
  if (client === undefined || redirectUri === undefined || !allowsRedirect(client, redirectUri))
    return { is: "page", exception: "client-unusable" }
  const judged = judgeParameters(config, client, query, now)
  if (typeof judged !== "string") {
    const { birthDate, request } = judged
    const accepted = { is: "accepted", request: { ...request, client, redirectUri } } as const
    return birthDate === undefined ? accepted : { ...accepted, birthDate }
  }
  const state = stateOf(query)
  return {
    is: "refused",
    exception: judged,
    redirectUri,
    ...(state === undefined ? {} : { state }),
    ...traceIdsOf(query),
  }
}

interface JudgedParameters {
  readonly request: Omit<AuthorizationRequest, "client" | "redirectUri">
  readonly birthDate: string | undefined
}

function judgeParameters(
  config: RepresentationConfig,
  client: Client,
  query: Query,
  now: Instant,
): JudgedParameters | ExceptionId {
  const state = stateOf(query)
  if (state === undefined || ONCE.some((name) => isUnclear(query, name))) return "request-malformed"
  const responseType = oneValue(query, "response_type")
  if (responseType !== "code") return responseType === undefined ? "request-malformed" : "response-type"
  const scope = oneValue(query, "scope") ?? ""
  const asked = parseScope(scope, config.settings.release)
  const provider = asked && providerFor(config, client, asked)
  if (asked === undefined || provider === undefined) return "scope"
  const birthDate = judgeBirthDate(query, asked, now)
  if (birthDate.is === "wrong") return birthDate.exception
  const codeChallenge = oneValue(query, "code_challenge")
  if (isProofKeyWrong(config, query)) return "proof-key"
  const traceIds = traceIdsOf(query)
  if (config.settings.requireTraceIds && Object.keys(traceIds).length < TRACE_IDS.length)
    return "request-malformed"
  const proofKey = codeChallenge === undefined ? {} : { codeChallenge }
  return {
    request: { state, scope, asked, provider, ...traceIds, ...proofKey },
    birthDate: birthDate.is === "given" ? birthDate.value : undefined,
  }
}

/** Doubled, or with an encoding that is none. */
function isUnclear(query: Query, name: string): boolean {
  const values = query.get(name) ?? []
  return values.length > 1 || values.includes(undefined)
}

function stateOf(query: Query): string | undefined {
  const state = oneValue(query, "state")
  return state !== undefined && STATE.test(state) ? state : undefined
}

function providerFor(
  { providers, settings }: RepresentationConfig,
  client: Client,
  { provider: name, services }: RequestedScope,
): Provider | undefined {
  const provider = providers.find((known) => known.name === name)
  if (provider === undefined) return undefined
  const open = provider.services.map(({ id }) => id).filter((id) => client.services.includes(id))
  const isOpen = settings.release === "2.x" ? open.length > 0 : services.every((id) => open.includes(id))
  return isOpen ? provider : undefined
}

type JudgedBirthDate =
  | { readonly is: "none" }
  | { readonly is: "given"; readonly value: string }
  | { readonly is: "wrong"; readonly exception: ExceptionId }

/** Without `onbehalfof` the parameter has no meaning and is ignored, whatever is in it. */
function judgeBirthDate(query: Query, { representation }: RequestedScope, now: Instant): JudgedBirthDate {
  if (representation === "none") return { is: "none" }
  if (isUnclear(query, "MedMij_geboortedatum")) return { is: "wrong", exception: "birth-date-malformed" }
  const given = oneValue(query, "MedMij_geboortedatum")
  if (given === undefined) return { is: "wrong", exception: "birth-date-missing" }
  const value = parseBirthDate(given, dutchDay(now))
  return value === undefined ? { is: "wrong", exception: "birth-date-malformed" } : { is: "given", value }
}

/** RFC 7636 section 4.3: without a method it would be `plain`, which shows the verifier to whoever sees the request. */
function isProofKeyWrong({ settings }: RepresentationConfig, query: Query): boolean {
  const challenge = oneValue(query, "code_challenge")
  const method = oneValue(query, "code_challenge_method")
  if (challenge === undefined) return settings.requireProofKey || method !== undefined
  return method !== "S256" || !S256_CHALLENGE.test(challenge)
}

function traceIdsOf(query: Query): { readonly requestId?: string; readonly correlationId?: string } {
  const [requestId, correlationId] = TRACE_IDS.map((name) => {
    const value = oneValue(query, name)
    // Anything else never comes into a log.
    return value !== undefined && UUID.test(value) ? value.toLowerCase() : undefined
  })
  return {
    ...(requestId === undefined ? {} : { requestId }),
    ...(correlationId === undefined ? {} : { correlationId }),
  }
}
