import { createContext, use } from "react"
import type { Answered, DeskDoor } from "../../src-preload/contract.ts"
import type { DeskState } from "../../src-preload/desk-state.ts"
import type { Texts } from "../text/texts.ts"
import type { Way } from "../practise/use-lesson.ts"
import type { Page } from "./page.ts"

/** What every part of the window needs: what to show, in which words, and the door to act through. */
export interface Desk {
  readonly state: DeskState
  readonly texts: Texts
  readonly door: DeskDoor
  /** Opens a page beside the consult, or closes it. */
  readonly openPage: (page: Page | undefined) => void
  /** Does something through the door; what could not be done is shown, wherever the window is. */
  readonly act: (call: Promise<Answered<unknown>>) => void
  /** How the code came in, for who is learning. */
  readonly noteWay: (way: Way) => void
  /** Says something to who cannot see the screen. */
  readonly announce: (sentence: string) => void
}

export const DeskContext = createContext<Desk | undefined>(undefined)

/** The desk around this part of the window. */
export function useDesk(): Desk {
  const desk = use(DeskContext)
  if (desk === undefined) throw new Error("a part of the window was drawn without its desk")
  return desk
}
