import type { CardWatcher } from "../card/card-watcher.ts"
import type { DeskOptions } from "../consult/desk.ts"
import type { LiveLineOptions } from "./live-line.ts"
import type { Preferences } from "./preferences.ts"

/** All that the desk of one window needs of the world around it. */
export interface DeskSessionOptions extends DeskOptions {
  readonly readers: Pick<CardWatcher, "now" | "subscribe">
  readonly probe: LiveLineOptions["probe"]
  readonly preferences: Preferences
  /** Names of settings that a policy fixed. */
  readonly managed: readonly string[]
  readonly version: string
  /** Name and version of the operating system, for reports. */
  readonly system: string
  /** How long nobody has touched keyboard or mouse, as the system says. */
  readonly idleSeconds: () => number
  readonly copyText: (text: string) => Promise<void>
  /** A new id for a consult in flight; says nothing about it. */
  readonly newId: () => string
}
