import type { Language } from "../../../src-protocol/reason-words.ts"
import { html, type Html } from "../pages/html.ts"
import { page } from "../pages/layout.ts"
import { pageWordsIn } from "../text/words.ts"
import type { TestPerson } from "./mock-authentication.ts"

/** The first page of the mock: who logs in. */
export function whoPage(language: Language, people: readonly TestPerson[]): string {
  const { mock } = pageWordsIn(language)
  const choices = people.map(({ subject }, i) => radio("acting", subject, subject, i === 0))
  const content = html`<form method="post">
    <fieldset>
      <legend>${mock.who}</legend>
      ${choices.length === 0 ? html`<p>${mock.nobody}</p>` : choices}
    </fieldset>
    <fieldset>
      <legend>${mock.wrong}</legend>
      <label><input type="checkbox" name="misbehave" value="yes" />${mock.misbehave}</label>
      <p><button class="quiet" name="action" value="fail">${mock.fail}</button></p>
    </fieldset>
    <p class="actions">
      <button name="action" value="who">${mock.goOn}</button>
      <button class="quiet" name="action" value="cancel">${mock.cancel}</button>
    </p>
  </form>`
  return mockPage(language, mock.whoTitle, content)
}

/** The second: for whom, where representation may be used. */
export function forWhomPage(language: Language, person: TestPerson, mayRepresent: boolean): string {
  const { mock } = pageWordsIn(language)
  const others = mayRepresent ? person.represents : []
  const content = html`<form method="post">
    <input type="hidden" name="acting" value="${person.subject}" />
    <fieldset>
      <legend>${mock.forWhom}</legend>
      ${radio("represented", "", mock.myself, true)}
      ${others.map((subject) => radio("represented", subject, subject, false))}
    </fieldset>
    <p class="actions">
      <button name="action" value="confirm">${mock.confirm}</button>
      <button class="quiet" name="action" value="cancel">${mock.cancel}</button>
    </p>
  </form>`
  return mockPage(language, mock.forWhomTitle, content)
}

function radio(name: string, value: string, label: string, isChecked: boolean): Html {
  const checked = isChecked ? html` checked` : html``
  return html`<label><input type="radio" name="${name}" value="${value}" ${checked} />${label}</label> `
}

function mockPage(language: Language, title: string, content: Html): string {
  const { sender, banner } = pageWordsIn(language).mock
  return page({ language, title, sender, banner, content })
}
