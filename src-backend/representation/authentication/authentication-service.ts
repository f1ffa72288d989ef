import type { PageAnswer, PageRequest } from "../http/page.ts"

/** Who logged in, and for whom where that is another. Pseudonyms: the module in front of DigiD keeps the BSNs. */
export interface Authenticated {
  readonly acting: string
  readonly represented?: string
}

/** What an authentication service says about one log-in. */
export type AuthenticationStatement =
  | ({ readonly is: "authenticated" } & Authenticated)
  | { readonly is: "cancelled" }
  | { readonly is: "failed" }

export interface AuthenticationRequest {
  /** Only where the scope has `onbehalfof` may the service offer representation (ext.vert.authint.201). */
  readonly mayRepresent: boolean
  /** Where the browser comes back; `artifact=…` is added. */
  readonly returnTo: string
}

/**
 * DigiD with DigiD Machtigen, or what stands for it. A module for the real one speaks SAML here and turns each BSN into a
 * pseudonym at this door; the server learns nothing else from it than these statements.
 */
export interface AuthenticationService {
  /** Begins a log-in: where to send the browser, and the ticket by which its outcome is asked for. */
  begin(request: AuthenticationRequest): Promise<{ readonly address: string; readonly ticket: string }>
  /** Redeems an artifact, once, and only with the ticket that it belongs to; anything else is `failed`. */
  resolve(ticket: string, artifact: string): Promise<AuthenticationStatement>
  /** Its own pages, where it has any, below `/authentication/`; `undefined` for a page that it has not. */
  page?(request: PageRequest): Promise<PageAnswer | undefined>
}
