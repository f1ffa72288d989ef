/** What the preload's world sends to main. `args` and `value` are texts of the codec. */
export type FromPreload =
  | { readonly is: "hello"; readonly url: string }
  | { readonly is: "send"; readonly channel: string; readonly args: string }
  | { readonly is: "invoke"; readonly number: number; readonly channel: string; readonly args: string }
  | {
      readonly is: "open"
      readonly url: string
      readonly frameName: string
      readonly features: string
      readonly disposition: string
    }
  | { readonly is: "key"; readonly key: KeyPress }
  | { readonly is: "context-menu"; readonly x: number; readonly y: number }
  | { readonly is: "title"; readonly title: string }

/** What main sends to the preload's world. */
export type ToPreload =
  | { readonly is: "event"; readonly channel: string; readonly args: string }
  | { readonly is: "reply"; readonly number: number; readonly ok: true; readonly value: string }
  | { readonly is: "reply"; readonly number: number; readonly ok: false; readonly message: string }
  | { readonly is: "guard"; readonly on: boolean }
  | { readonly is: "title"; readonly title: string }

/** A key with a modifier, a function key or Escape: no letter or digit that is merely typed ever travels. */
export interface KeyPress {
  readonly type: "keyDown" | "keyUp"
  readonly key: string
  readonly code: string
  readonly isAutoRepeat: boolean
  readonly control: boolean
  readonly shift: boolean
  readonly alt: boolean
  readonly meta: boolean
}

/** What main knows and the preload's world needs; most of it is found under `process` there. */
export interface ProcessFacts {
  readonly platform: string
  readonly arch: string
  readonly versions: Readonly<Record<string, string | undefined>>
  readonly argv: readonly string[]
  /** What the window is called while its page has no title. */
  readonly windowTitle: string
}
