import type { LinkName } from "../../src-preload/desk-state.ts"

/** What can lie over the consult; the consult goes on beneath it. */
export type Page =
  | { readonly is: "outbox" }
  | { readonly is: "refusals" }
  | { readonly is: "settings" }
  | { readonly is: "link"; readonly name: LinkName }
