import type { ConsultView } from "../../src-preload/desk-state.ts"

/** What the screen of one state, or of several, is drawn from. */
export interface ConsultProps<Is extends ConsultView["is"]> {
  readonly consult: Extract<ConsultView, { readonly is: Is }>
}
