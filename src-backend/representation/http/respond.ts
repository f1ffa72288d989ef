import type { IncomingMessage, ServerResponse } from "node:http"
import type { Language } from "../../../src-protocol/reason-words.ts"
import { plainPage } from "../pages/flow-pages.ts"
import { pageWordsIn } from "../text/words.ts"
import type { ExceptionWords } from "../text/page-words.ts"
import type { PageAnswer } from "./page.ts"

/** On every answer, errors and redirects too: the address of an authorization request holds a birth date. */
export function secure(response: ServerResponse, isHttps: boolean): void {
  response.setHeader("cache-control", "no-store")
  response.setHeader("content-security-policy", contentSecurityPolicy([]))
  response.setHeader("cross-origin-opener-policy", "same-origin")
  response.setHeader("permissions-policy", "camera=(), geolocation=(), microphone=()")
  response.setHeader("referrer-policy", "no-referrer")
  response.setHeader("x-content-type-options", "nosniff")
  response.setHeader("x-frame-options", "DENY")
  if (isHttps) response.setHeader("strict-transport-security", "max-age=31536000")
}

/** A form may lead to our own pages, and at the end of the flow by redirect to the client's. */
function contentSecurityPolicy(formTargets: readonly string[]): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    `form-action ${["'self'", ...formTargets].join(" ")}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ")
}

export function answerPage(response: ServerResponse, answer: PageAnswer): void {
  if (answer.is === "redirect") {
    redirect(response, answer.location)
    return
  }
  response.setHeader("content-security-policy", contentSecurityPolicy(answer.formTargets ?? []))
  send(response, answer.status, "text/html; charset=utf-8", answer.html)
}

/** Never 307, which would send a form on to another (RFC 9700 section 4.12). */
export function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { location, "content-length": "0" }).end()
}

export function send(response: ServerResponse, status: number, type: string, body: string): void {
  const bytes = Buffer.from(body, "utf8")
  response.writeHead(status, { "content-type": type, "content-length": bytes.length }).end(bytes)
}

/** A page that says nothing of what was asked, and links nowhere. */
export function answerPlainly(
  response: ServerResponse,
  status: number,
  language: Language,
  words: ExceptionWords = pageWordsIn(language).notFound,
): void {
  send(response, status, "text/html; charset=utf-8", plainPage(language, words))
}

/** The path and the raw query of a request. */
export function targetOf({ url = "/" }: IncomingMessage): {
  readonly path: string
  readonly rawQuery: string
} {
  const mark = url.indexOf("?")
  return mark < 0
    ? { path: url, rawQuery: "" }
    : { path: url.slice(0, mark), rawQuery: url.slice(mark + 1).replace(/#.*$/s, "") }
}
