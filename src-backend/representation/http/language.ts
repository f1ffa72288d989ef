import type { IncomingMessage } from "node:http"
import type { Language } from "../../../src-protocol/reason-words.ts"
import { oneValue, type Query } from "./read-query.ts"

/** Dutch, unless the reader's browser puts English before it. */
export function languageOf({ headers }: Pick<IncomingMessage, "headers">): Language {
  const wanted = (headers["accept-language"] ?? "").toLowerCase().slice(0, 200)
  const [first] = /\b(?:nl|en)\b/.exec(wanted) ?? []
  return first === "en" ? "en" : "nl"
}

/** The language that the reader chose on the page. */
export function chosenLanguage(query: Query): Language | undefined {
  const chosen = oneValue(query, "language")
  return chosen === "nl" || chosen === "en" ? chosen : undefined
}
