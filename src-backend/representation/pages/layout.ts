import type { Language } from "../../../src-protocol/reason-words.ts"
import { pageWordsIn } from "../text/words.ts"
import { html, type Html } from "./html.ts"

export const STYLE_PATH = "/style.css"

export interface Layout {
  readonly language: Language
  readonly title: string
  /** Who speaks: the provider, or this server. */
  readonly sender: string
  readonly content: Html
  /** Said above the page: that this is no real log-in. */
  readonly banner?: string
  /** Whether the reader can have it in the other language at `?language=`. */
  readonly isInBothLanguages?: boolean
}

/** A whole page: no script, no picture, one style sheet of our own, and nothing from elsewhere. */
export function page(layout: Layout): string {
  const { language, title, sender, content, banner } = layout
  const words = pageWordsIn(language)
  const document = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title} · ${sender}</title>
        <link rel="stylesheet" href="${STYLE_PATH}" />
      </head>
      <body>
        ${banner === undefined ? [] : html`<p class="banner" role="note">${banner}</p>`}
        <header><span class="sender">${sender}</span>${otherLanguage(layout)}</header>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
        <footer><p>${words.footer}</p></footer>
      </body>
    </html> `
  return document.html
}

function otherLanguage({ language, isInBothLanguages = false }: Layout): readonly Html[] {
  if (!isInBothLanguages) return []
  const other: Language = language === "nl" ? "en" : "nl"
  const name = pageWordsIn(other).ownName
  return [html`<a class="language" lang="${other}" hreflang="${other}" href="?language=${other}">${name}</a>`]
}
