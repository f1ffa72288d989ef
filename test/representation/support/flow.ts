import { createHash } from "node:crypto"
import {
  parseRepresentationConfig,
  type RepresentationFile,
} from "../../../src-backend/representation/representation-config.ts"
import type { Browser, Page } from "./browser.ts"

export const CLIENT = "medmij.deenigeechtepgo.nl"
export const REDIRECT = "https://medmij.deenigeechtepgo.nl/terug?van=dva"
export const OTHER_CLIENT = "pgo.example"
export const SUBSCRIBER = "90000123"
export const RIGHT_DATE = "19700901"
export const SCOPE = "eenofanderezorgaanbieder~48 onbehalfof"
export const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
export const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url")

export function testConfig(settings: RepresentationFile["settings"] = {}, subscriberNumber = SUBSCRIBER) {
  return parseRepresentationConfig({
    isTest: true,
    providers: [
      {
        name: "eenofanderezorgaanbieder",
        displayName: "Huisartsenpraktijk De Linde",
        subscriberNumber,
        services: [
          { id: "42", name: "Medicatie" },
          { id: "48", name: "Huisartsgegevens" },
          { id: "53", name: "Documenten" },
        ],
      },
      {
        name: "umcharderwijk",
        displayName: "UMC Harderwijk",
        subscriberNumber: "90000456",
        services: [{ id: "4", name: "Uitslagen" }],
      },
    ],
    clients: [
      {
        id: CLIENT,
        displayName: "De Enige Echte PGO",
        redirectUris: [REDIRECT],
        services: ["42", "48", "4"],
      },
      {
        id: OTHER_CLIENT,
        displayName: "Ander PGO",
        redirectUris: ["https://pgo.example/cb"],
        services: ["48"],
      },
      {
        ...{ id: "phone.example", displayName: "Telefoon", redirectUris: ["http://127.0.0.1/callback"] },
        ...{ services: ["48"], loopback: true },
      },
    ],
    settings: { requireProofKey: false, ...settings },
  })
}

export type Parameters = Readonly<Record<string, string | undefined>>

/** An authorization request of a DVP, with whatever a test changes; `undefined` leaves a parameter out. */
export function requestPath(changes: Parameters = {}, raw = ""): string {
  const parameters: Parameters = {
    response_type: "code",
    client_id: CLIENT,
    redirect_uri: REDIRECT,
    scope: SCOPE,
    state: "af0ifjsldkj",
    MedMij_geboortedatum: RIGHT_DATE,
    ...changes,
  }
  const query = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
  )
  return `/auth?${query.join("&")}${raw}`
}

export interface Walk {
  readonly acting?: string
  /** Absent: for himself. */
  readonly represented?: string | undefined
  readonly misbehave?: boolean
}

/** Logs in at the mock, from the landing page on; ends at the question for consent or at a refusal. */
export async function logIn(browser: Browser, walk: Walk = { represented: "mother" }): Promise<Page> {
  const { acting = "anna", represented = "", misbehave = false } = walk
  await browser.post({ action: "continue" })
  await browser.post({ action: "who", acting, ...(misbehave ? { misbehave: "yes" } : {}) })
  return browser.post({ action: "confirm", acting, represented })
}

/** The whole way of one request; ends where the browser is sent away, or on a page. */
export async function walk(
  browser: Browser,
  path: string,
  who: Walk = { represented: "mother" },
): Promise<Page> {
  const landing = await browser.get(path)
  if (landing.away !== undefined || landing.status !== 200) return landing
  const page = await logIn(browser, who)
  return browser.post({ action: isConsent(page) ? "agree" : "leave" })
}

export function isConsent({ html }: Page): boolean {
  return html.includes('value="agree"')
}

/** The code that a walk ended with. */
export function codeOf({ away }: Page): string | undefined {
  return away?.searchParams.get("code") ?? undefined
}

export function errorOf({ away }: Page): string | undefined {
  return away?.searchParams.get("error") ?? undefined
}

export interface TokenAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}

export async function exchange(
  { issuer }: { readonly issuer: string },
  code: string,
  changes: Parameters = {},
): Promise<TokenAnswer> {
  const fields: Parameters = {
    grant_type: "authorization_code",
    code,
    client_id: CLIENT,
    redirect_uri: REDIRECT,
    ...changes,
  }
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) given.set(name, value)
  const answer = await fetch(`${issuer}/token`, { method: "POST", body: given })
  const body: unknown = await answer.json()
  return {
    status: answer.status,
    headers: answer.headers,
    body: Object.fromEntries(Object.entries(body ?? {})),
  }
}
