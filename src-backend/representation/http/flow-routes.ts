import type { IncomingMessage, ServerResponse } from "node:http"
import { clientErrorOf } from "../exceptions.ts"
import { beginAuthentication, endAuthentication, refuse } from "../flow/steps.ts"
import { FLOW_PATH, RESOURCE, TRANSACTION_PARAMETER } from "../oauth-provider.ts"
import { consentPage, landingPage, refusedPage } from "../pages/flow-pages.ts"
import type { Transaction } from "../transactions.ts"
import { pageWordsIn } from "../text/words.ts"
import type { Site } from "./handle.ts"
import { chosenLanguage, languageOf } from "./language.ts"
import type { PageAnswer } from "./page.ts"
import { readForm } from "./read-form.ts"
import { oneValue, readQuery } from "./read-query.ts"
import { answerPage, answerPlainly, redirect, targetOf } from "./respond.ts"

const FLOW = new RegExp(`^${FLOW_PATH}([A-Za-z0-9_-]{1,64})(/return)?$`)

/** One transaction's pages, at one address that shows how far it is; `/return` is where logging in leads back to. */
export async function serveFlow(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { path, rawQuery } = targetOf(request)
  const [, uid = "", isReturn] = FLOW.exec(path) ?? []
  const transaction = await transactionOf(site, uid, request, response)
  if (transaction === undefined) {
    const language = languageOf(request)
    answerPlainly(response, 400, language, pageWordsIn(language).lost)
    return
  }
  const here = `${FLOW_PATH}${uid}`
  if (request.method === "POST") {
    await act(site, transaction, here, request, response)
  } else if (isReturn === undefined) {
    answerPage(response, pageOf(site, inChosenLanguage(site, transaction, rawQuery)))
  } else {
    const { progress } = transaction
    const artifact = oneValue(readQuery(rawQuery), "artifact") ?? ""
    if (progress.is === "authenticating")
      await endAuthentication(site.server, transaction, progress.ticket, artifact)
    redirect(response, here)
  }
}

/** The transaction whose interaction this very browser has the signed cookie of. */
async function transactionOf(
  { server, provider }: Site,
  uid: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Transaction | undefined> {
  try {
    const interaction = await provider.interactionDetails(request, response)
    const id = interaction.params[TRANSACTION_PARAMETER]
    return interaction.uid === uid && typeof id === "string" ? server.transactions.find(id) : undefined
  } catch {
    // Over, or another browser's; the library says which, and the person need not know.
    return undefined
  }
}

function inChosenLanguage({ server }: Site, transaction: Transaction, rawQuery: string): Transaction {
  const language = chosenLanguage(readQuery(rawQuery)) ?? transaction.language
  const changed = { ...transaction, language }
  if (language !== transaction.language) server.transactions.keep(changed)
  return changed
}

function pageOf({ server }: Site, transaction: Transaction): PageAnswer {
  const { isTest } = server.config
  const { progress, request } = transaction
  // Chromium holds a form to its targets over redirects, too.
  const formTargets = [new URL(request.redirectUri).origin]
  const shown = { is: "page", status: 200, formTargets } as const
  switch (progress.is) {
    case "begun":
    case "authenticating":
      return { ...shown, html: landingPage(transaction, isTest) }
    case "checked":
    case "consented":
      return { ...shown, html: consentPage(transaction, isTest) }
    case "refused":
      return { ...shown, html: refusedPage(transaction, progress.exception, isTest) }
  }
}

/** What the person pressed; a button of a page that is over shows the page as it is now. */
async function act(
  site: Site,
  transaction: Transaction,
  here: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const form = await readForm(request)
  const action = form && oneValue(form, "action")
  const { is } = transaction.progress
  const isBefore = is === "begun" || is === "authenticating"
  if (action === "continue" && isBefore) {
    redirect(response, await beginAuthentication(site.server, transaction, `${here}/return`))
  } else if (action === "cancel" && isBefore) {
    await refuse(site.server, transaction, "authentication-cancelled")
    redirect(response, here)
  } else if (action === "refuse" && is === "checked") {
    await refuse(site.server, transaction, "consent-refused")
    redirect(response, here)
  } else if (action === "agree" && is === "checked") {
    await grant(site, transaction, request, response)
  } else if (action === "leave" && transaction.progress.is === "refused") {
    const told = clientErrorOf(transaction.progress.exception)
    await site.provider.interactionFinished(request, response, { ...told })
  } else {
    redirect(response, here)
  }
}

async function grant(
  { server, provider }: Site,
  transaction: Transaction,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { progress, request: asked } = transaction
  if (progress.is !== "checked") return
  const accountId = progress.subject
  server.transactions.keep({ ...transaction, progress: { is: "consented", subject: accountId } })
  // One grant a transaction: nothing that was granted before has a say in this one.
  const given = new provider.Grant({ accountId, clientId: asked.client.id })
  given.addResourceScope(RESOURCE, asked.scope)
  const consent = { grantId: await given.save() }
  await provider.interactionFinished(request, response, { login: { accountId, remember: false }, consent })
}
