import type { DeskDoor } from "../src-preload/contract.ts"

declare global {
  interface Window {
    /** All that the window knows of the world outside. */
    readonly desk: DeskDoor
  }
}
