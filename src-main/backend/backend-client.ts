import type { z } from "zod"
import {
  AcceptAnswer,
  BatchesAnswer,
  ChallengeAnswer,
  CRL_MEDIA_TYPE,
  FindAnswer,
  ROUTES,
  routePath,
  SessionAnswer,
  SMIME_MEDIA_TYPE,
  type Route,
  type StateEvent,
  type WebEidToken,
} from "../../src-protocol/api.ts"
import { MAX_CRL_BYTES } from "../../src-protocol/crl.ts"
import { BirthDateCorrected, RepresentationRefusals } from "../../src-protocol/representation-api.ts"
import { BackendError } from "./backend-error.ts"
import { followEvents } from "./follow-events.ts"
import { exchange, type Answer, type Exchange } from "./http-exchange.ts"
import { jsonOf } from "./read-problem.ts"

export interface BackendClientOptions {
  /** Scheme, host and port; from configuration, never from an answer: it is what a login is bound to. */
  readonly origin: string
  readonly clock: () => number
  readonly timeoutMilliseconds?: number
}

export interface Found {
  readonly disclosure: FindAnswer
  /** The backend's clock minus ours, where it told its time; whole seconds are all it tells. */
  readonly clockDifferenceMilliseconds: number | undefined
}

export interface Accepted extends AcceptAnswer {
  /** Whether this call was the one that handed it in; else the first one's package was kept. */
  readonly first: boolean
}

const MAX_JSON_BYTES = 64 * 1_024
const DEFAULT_TIMEOUT_MILLISECONDS = 20_000
const JSON_MEDIA_TYPE = "application/json"

/** The desk's side of the HTTP interface. Every call throws BackendError; every answer is parsed. */
export class BackendClient {
  readonly origin: string
  readonly #clock: () => number
  readonly #timeoutMilliseconds: number

  constructor({ origin, clock, timeoutMilliseconds }: BackendClientOptions) {
    this.origin = origin
    this.#clock = clock
    this.#timeoutMilliseconds = timeoutMilliseconds ?? DEFAULT_TIMEOUT_MILLISECONDS
  }

  /** Asks for what anybody may ask, to see whether the backend is there; throws what keeps it from answering. */
  async reach(): Promise<void> {
    json(await this.#call(ROUTES.batches), BatchesAnswer)
  }

  /** A nonce to sign in with. */
  async challenge(): Promise<ChallengeAnswer> {
    return json(await this.#call(ROUTES.challenge), ChallengeAnswer)
  }

  async signIn(nonce: string, token: WebEidToken): Promise<SessionAnswer> {
    const bytes = new TextEncoder().encode(JSON.stringify({ nonce, token }))
    return json(
      await this.#call(ROUTES.signIn, { body: { mediaType: JSON_MEDIA_TYPE, bytes } }),
      SessionAnswer,
    )
  }

  async signOut(sessionToken: string): Promise<void> {
    await this.#call(ROUTES.signOut, { token: sessionToken })
  }

  /** What was registered under the six digits; `not-found` for whatever is not ours to see. */
  async find(sessionToken: string, reference: string): Promise<Found> {
    const answer = await this.#call(ROUTES.find, { token: sessionToken, parameters: { reference } })
    const clockDifferenceMilliseconds = answer.date === undefined ? undefined : answer.date - this.#clock()
    return { disclosure: json(answer, FindAnswer), clockDifferenceMilliseconds }
  }

  /** Hands the package in; the same package again is no fault. */
  async accept(sessionToken: string, reference: string, authorisation: Uint8Array): Promise<Accepted> {
    const body = { mediaType: SMIME_MEDIA_TYPE, bytes: authorisation }
    const answer = await this.#call(ROUTES.accept, { token: sessionToken, parameters: { reference }, body })
    return { ...json(answer, AcceptAnswer), first: answer.status === 201 }
  }

  /** Refused attempts at representation at the clinician's own provider; `not-found` where people are not represented there. */
  async representationRefusals(sessionToken: string): Promise<RepresentationRefusals> {
    return json(
      await this.#call(ROUTES.representationRefusals, { token: sessionToken }),
      RepresentationRefusals,
    )
  }

  /** Corrects the birth date (JJJJMMDD) in a dossier of the clinician's own provider. */
  async correctBirthDate(
    sessionToken: string,
    dossier: string,
    birthDate: string,
  ): Promise<BirthDateCorrected> {
    const bytes = new TextEncoder().encode(JSON.stringify({ birthDate }))
    const body = { mediaType: JSON_MEDIA_TYPE, bytes }
    const request = { token: sessionToken, parameters: { dossier }, body }
    return json(await this.#call(ROUTES.correctBirthDate, request), BirthDateCorrected)
  }

  /** An authority's revocation list as the authority signed it, unjudged; `undefined` where the backend has none. */
  async unverifiedCrl(issuerKeyId: string): Promise<Uint8Array | undefined> {
    const limits = { accept: CRL_MEDIA_TYPE, largestAnswer: MAX_CRL_BYTES }
    try {
      return (await this.#call(ROUTES.crl, { parameters: { issuerKeyId }, ...limits })).bytes
    } catch (error) {
      if (error instanceof BackendError && error.code === "not-found") return undefined
      throw error
    }
  }

  /** The states of a disclosure as they change, see `followEvents`. */
  follow(
    statusToken: string,
    reference: string,
    signal?: AbortSignal,
  ): AsyncGenerator<StateEvent, void, undefined> {
    const url = this.#url(ROUTES.events, { reference })
    return followEvents({ url, token: statusToken, ...(signal === undefined ? {} : { signal }) })
  }

  async #call(
    route: Route,
    options: Partial<Exchange> & { readonly parameters?: Readonly<Record<string, string>> } = {},
  ): Promise<Answer> {
    const { parameters = {}, ...rest } = options
    const answer = await exchange({
      url: this.#url(route, parameters),
      method: route.method,
      accept: JSON_MEDIA_TYPE,
      largestAnswer: MAX_JSON_BYTES,
      timeoutMilliseconds: this.#timeoutMilliseconds,
      ...rest,
    })
    if (Object.keys(route.answers).includes(String(answer.status))) return answer
    throw new BackendError("malformed-answer", "this status is none of the interface's", {
      status: answer.status,
    })
  }

  #url(route: Route, parameters: Readonly<Record<string, string>>): URL {
    return new URL(routePath(route, parameters), this.origin)
  }
}

function json<Schema extends z.ZodType>(answer: Answer, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(jsonOf(answer.bytes))
  if (answer.mediaType === JSON_MEDIA_TYPE && parsed.success) return parsed.data
  throw new BackendError("malformed-answer", "the answer is not what the interface says", {
    status: answer.status,
  })
}
