import type { IncomingMessage, ServerResponse } from "node:http"
import {
  checkAuthorizationRequest,
  type AuthorizationRequest,
  type CheckedRequest,
} from "../authorization-request.ts"
import { clientErrorOf, exceptionOf } from "../exceptions.ts"
import { logOutcome } from "../flow/steps.ts"
import { TRANSACTION_PARAMETER } from "../oauth-provider.ts"
import { pageWordsIn } from "../text/words.ts"
import type { Site } from "./handle.ts"
import { languageOf } from "./language.ts"
import { answerPlainly, redirect, targetOf } from "./respond.ts"

/**
 * The authorization endpoint. What may go on goes on to the library with exactly the parameters that were judged, and the
 * id of the transaction in the place of the birth date; all the rest is answered here, in our own fixed words.
 */
export async function authorize(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { server } = site
  const checked = checkAuthorizationRequest(server.config, targetOf(request).rawQuery, server.clock())
  if (checked.is !== "accepted") {
    refuse(site, checked, request, response)
    return
  }
  const transaction = server.transactions.begin(checked.request, checked.birthDate, languageOf(request))
  request.url = `/auth?${queryOf(checked.request, transaction.id)}`
  await site.toLibrary(request, response)
}

function refuse(
  { server, issuer }: Site,
  checked: Exclude<CheckedRequest, { is: "accepted" }>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { exception } = checked
  logOutcome(server, checked.is === "refused" ? checked : {}, exceptionOf(exception).number)
  if (checked.is === "page") {
    const language = languageOf(request)
    answerPlainly(response, 400, language, pageWordsIn(language).exceptions[exception])
    return
  }
  const { redirectUri, state } = checked
  const target = new URL(redirectUri)
  const told = { ...clientErrorOf(exception), ...(state === undefined ? {} : { state }), iss: issuer }
  for (const [name, value] of Object.entries(told)) target.searchParams.set(name, value)
  redirect(response, target.href)
}

function queryOf(request: AuthorizationRequest, transactionId: string): string {
  const { client, redirectUri, state, scope, codeChallenge } = request
  return new URLSearchParams({
    response_type: "code",
    client_id: client.id,
    redirect_uri: redirectUri,
    // A scope is a set: once each, for the library to compare.
    scope: [...new Set(scope.split(" "))].join(" "),
    state,
    ...(codeChallenge === undefined ? {} : { code_challenge: codeChallenge, code_challenge_method: "S256" }),
    [TRANSACTION_PARAMETER]: transactionId,
  }).toString()
}
