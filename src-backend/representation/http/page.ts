import type { Language } from "../../../src-protocol/reason-words.ts"
import type { Query } from "./read-query.ts"

/** A request for a page, as far as pages may look at it. */
export interface PageRequest {
  readonly method: "GET" | "POST"
  readonly path: string
  readonly query: Query
  /** The fields of a form. */
  readonly form: Query
  readonly language: Language
}

export type PageAnswer =
  /** `formTargets`: origins besides our own to which the page's form may lead in the end. */
  | {
      readonly is: "page"
      readonly status: number
      readonly html: string
      readonly formTargets?: readonly string[]
    }
  | { readonly is: "redirect"; readonly location: string }
