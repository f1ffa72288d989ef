import type { Texts } from "../text/texts.ts"
import type { HandOverInput } from "./understanding.ts"

/** The line below the field: what is missing, or what is the matter. */
export function codeMessage(input: HandOverInput | undefined, texts: Texts): string {
  switch (input?.is) {
    case undefined:
    case "nothing":
      return texts.code.scanner
    case "digits":
      return texts.code.digitsMissing(input.missing)
    case "words":
      return texts.code.wordsMissing(input.missing)
    case "code":
      return texts.code.complete
    case "problem":
      return texts.code.problems[input.problem.is]
  }
}

/** What of it is said aloud while typing: a voice at each key would be in the way. */
export function spokenMessage(input: HandOverInput | undefined, texts: Texts): string | undefined {
  if (input?.is === "code" || input?.is === "problem") return codeMessage(input, texts)
  if (input?.is === "words" && input.completions.length > 0)
    return `${texts.code.completionCount(input.completions.length)}. ${texts.code.completionKeys}`
  return undefined
}
