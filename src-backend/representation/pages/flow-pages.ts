import type { Language } from "../../../src-protocol/reason-words.ts"
import type { ExceptionId } from "../exceptions.ts"
import type { ExceptionWords } from "../text/page-words.ts"
import { pageWordsIn } from "../text/words.ts"
import type { Transaction } from "../transactions.ts"
import { html } from "./html.ts"
import { page } from "./layout.ts"

/** The first page: what is asked, before anybody logs in. Nothing on it depends on the birth date. */
export function landingPage(transaction: Transaction, isTest: boolean): string {
  const { language, request } = transaction
  const { landing } = pageWordsIn(language)
  const forAnother = request.asked.representation !== "none"
  const steps = landing.steps(forAnother).map((step) => html`<li>${step}</li>`)
  const content = html`<p>${landing.asks(request.client.displayName, forAnother)}</p>
    <h2>${landing.stepsTitle}</h2>
    <ol>
      ${steps}
    </ol>
    <form method="post">
      <p class="actions">
        <button name="action" value="continue">${landing.go}</button>
        <button class="quiet" name="action" value="cancel">${landing.stop}</button>
      </p>
    </form>`
  return flowPage(transaction, isTest, landing.title(forAnother), content)
}

/** The question for consent, once every check has passed. */
export function consentPage(transaction: Transaction, isTest: boolean): string {
  const { language, request } = transaction
  const { consent } = pageWordsIn(language)
  const { client, provider, asked } = request
  const forAnother = asked.representation !== "none"
  const offered = provider.services.filter(
    ({ id }) => client.services.includes(id) && (asked.services.length === 0 || asked.services.includes(id)),
  )
  const content = html`<p>${consent.asks(client.displayName, provider.displayName, forAnother)}</p>
    <dl class="box">
      <dt>${consent.from}</dt>
      <dd>${provider.displayName}</dd>
      <dt>${consent.to}</dt>
      <dd>${client.displayName}</dd>
      <dt>${consent.what}</dt>
      <dd>${offered.map(({ name }) => name).join(", ")}</dd>
      <dt>${consent.forWhom}</dt>
      <dd>${forAnother ? consent.forAnother : consent.forYourself}</dd>
    </dl>
    <p>${consent.free}</p>
    <form method="post">
      <p class="actions">
        <button name="action" value="agree">${consent.yes}</button>
        <button class="quiet" name="action" value="refuse">${consent.no}</button>
      </p>
    </form>`
  return flowPage(transaction, isTest, consent.title, content)
}

/** The person is told first, and the client when the person goes back. */
export function refusedPage(transaction: Transaction, exception: ExceptionId, isTest: boolean): string {
  const { language, request } = transaction
  const words = pageWordsIn(language)
  const { title, told, advice } = words.exceptions[exception]
  const client = request.client.displayName
  const content = html`<p>${told}</p>
    <p>${advice}</p>
    <div class="box">
      <p>${words.refused.nothingShared}</p>
      <p>${words.refused.clientToldNothing(client)}</p>
    </div>
    <form method="post">
      <p class="actions"><button name="action" value="leave">${words.refused.back(client)}</button></p>
    </form>`
  return flowPage(transaction, isTest, title, content)
}

function flowPage(
  { language, request }: Transaction,
  isTest: boolean,
  title: string,
  content: ReturnType<typeof html>,
): string {
  const banner = isTest ? { banner: pageWordsIn(language).testBanner } : {}
  const sender = request.provider.displayName
  return page({ language, title, sender, content, isInBothLanguages: true, ...banner })
}

/** A page without a flow and without a way back: no address that a stranger gave is ever linked to. */
export function plainPage(language: Language, { title, told, advice }: ExceptionWords): string {
  const content = html`<p>${told}</p>
    <p>${advice}</p>`
  return page({ language, title, sender: pageWordsIn(language).server, content })
}
