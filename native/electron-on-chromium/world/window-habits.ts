import type { FromPreload, KeyPress } from "./messages.ts"

/** What main can change about these habits. */
export interface WindowHabits {
  /** Whether a close by the window manager first asks main; that needs input in the page, as Chromium rules. */
  guard(on: boolean): void
  /** The window's title from main; the page's next title replaces it. */
  entitle(title: string): void
}

/**
 * Makes a Chromium window behave like Electron's where the page would notice: links that want a window go to main,
 * Chromium's own shortcuts and context menu are dead, and the title says what this window is. Whole in itself.
 */
export function startWindowHabits(
  post: (message: FromPreload) => void,
  secret: string,
  windowTitle: string,
): WindowHabits {
  const SUFFIX = " (stand-in)"
  // Chromium lets a page keep all other keys from its own shortcuts; these it must keep for editing and moving about.
  const EDITING = new Set(
    "a c v x z y Z V ArrowLeft ArrowRight ArrowUp ArrowDown Home End Backspace Delete Insert Enter Tab".split(
      " ",
    ),
  ).add(" ")
  let isGuarded = false
  let told: string | undefined

  const open = (url: string, frameName: string, features: string, disposition: string): void => {
    post({ is: "open", url, frameName, features, disposition })
  }

  const dispositionOf = (event: MouseEvent): string => {
    if (event.button === 1 || event.ctrlKey) return "background-tab"
    return event.shiftKey ? "new-window" : "foreground-tab"
  }

  const openLink = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button > 1) return
    const link = event
      .composedPath()
      .find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement && node.href !== "")
    const wantsWindow =
      event.button === 1 ||
      event.ctrlKey ||
      event.shiftKey ||
      !["", "_self", "_top", "_parent"].includes(link?.target ?? "")
    if (link === undefined || !wantsWindow) return
    event.preventDefault()
    open(link.href, link.target, "", dispositionOf(event))
  }

  const isTold = (event: KeyboardEvent): boolean =>
    event.ctrlKey || event.altKey || event.metaKey || /^(F\d+|Escape)$/.test(event.key)

  const pressOf = (event: KeyboardEvent): KeyPress => ({
    type: event.type === "keyup" ? "keyUp" : "keyDown",
    key: event.key,
    code: event.code,
    isAutoRepeat: event.repeat,
    control: event.ctrlKey,
    shift: event.shiftKey,
    alt: event.altKey,
    meta: event.metaKey,
  })

  const tellKey = (event: KeyboardEvent): void => {
    if (event.isComposing || ["Control", "Shift", "Alt", "Meta"].includes(event.key) || !isTold(event)) return
    const key = pressOf(event)
    if (key.type === "keyDown" && event.key !== "Escape" && !EDITING.has(event.key)) event.preventDefault()
    post({ is: "key", key })
  }

  const entitle = (title: string): void => {
    told = title
    const shown = `${title}${SUFFIX}`
    if (document.title !== shown) document.title = shown
  }

  const tellTitle = (): void => {
    const title = document.title
    if (title.endsWith(SUFFIX)) return
    entitle(title === "" ? windowTitle : title)
    if (told !== undefined) post({ is: "title", title: told })
  }

  window.addEventListener("click", openLink)
  window.addEventListener("auxclick", openLink)
  window.addEventListener("keydown", tellKey)
  window.addEventListener("keyup", tellKey)
  window.addEventListener("contextmenu", (event) => {
    if (event.defaultPrevented) return
    event.preventDefault()
    post({ is: "context-menu", x: event.clientX, y: event.clientY })
  })
  window.addEventListener("beforeunload", (event) => {
    if (isGuarded) event.preventDefault()
  })
  window.addEventListener(`${secret}:open`, (event) => {
    const detail: unknown = event instanceof CustomEvent ? event.detail : undefined
    if (!Array.isArray(detail)) return
    const [url, frameName, features] = detail.map(String)
    open(
      url ?? "about:blank",
      frameName ?? "",
      features ?? "",
      features === "" ? "foreground-tab" : "new-window",
    )
  })
  const startWithTitle = (): void => {
    tellTitle()
    new MutationObserver(tellTitle).observe(document.documentElement, {
      subtree: true,
      childList: true,
      characterData: true,
    })
  }
  if (document.readyState === "loading") window.addEventListener("DOMContentLoaded", startWithTitle)
  else startWithTitle()

  return {
    guard: (on) => {
      isGuarded = on
    },
    entitle,
  }
}
