import type { HolderView } from "../../src-preload/desk-state.ts"
import type { Texts } from "../text/texts.ts"

/** "A. de Vries, huisarts · pas …4471" */
export function holderText({ name, profession, cardNumber }: HolderView, texts: Texts): string {
  return `${name}, ${profession} · ${texts.side.card(cardNumber)}`
}
