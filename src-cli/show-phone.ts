import { printInstant } from "../src-protocol/instant.ts"
import { PASSING_REASONS, type RefusalReason } from "../src-protocol/reasons.ts"
import type { PhoneView } from "../src-phone/phone-view.ts"
import { EXIT, type ExitCode } from "./cli-error.ts"
import { printJson } from "./print-json.ts"
import type { Terminal } from "./terminal.ts"

/** Shows what is on the phone's screen, and answers the exit code: 3 refused, 1 something keeps it from going on. */
export function showPhone(terminal: Terminal, view: PhoneView, json: boolean): ExitCode {
  if (json) printJson(terminal, jsonOf(view))
  else for (const line of linesOf(view)) terminal.print(line)
  if (view.reason !== undefined && !isPassing(view.reason)) return EXIT.refused
  return view.trouble === undefined ? EXIT.success : EXIT.failure
}

function isPassing(reason: RefusalReason): boolean {
  return PASSING_REASONS.has(reason)
}

function linesOf(view: PhoneView): readonly string[] {
  const { step, code, hash, reason, trouble, sentences } = view
  return [
    `state         ${step}`,
    ...(code === undefined
      ? []
      : [
          `code          ${code.digits}`,
          `words         ${code.trustwords.join(" ")}`,
          `check words   ${code.readBackWords.join(" ")}`,
        ]),
    ...(hash === undefined ? [] : [`hash          ${hash}`]),
    ...(reason === undefined ? [] : [`refused for   ${reason}`]),
    ...(trouble === undefined ? [] : [`trouble       ${trouble}`]),
    ...sentences.map((sentence) => `  ${sentence}`),
  ]
}

function jsonOf(view: PhoneView): unknown {
  const { expiresAt, signedAt, publishAt } = view
  return {
    ...view,
    ...(expiresAt !== undefined && { expiresAt: printInstant(expiresAt) }),
    ...(signedAt !== undefined && { signedAt: printInstant(signedAt) }),
    ...(publishAt !== undefined && { publishAt: printInstant(publishAt) }),
  }
}
