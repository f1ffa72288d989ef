import type { MakeBridge } from "./bridge.ts"

/**
 * Runs in the page's world before any script of the page: takes the API that the preload exposes, and hands what the
 * page wants to open to main. `secret` names the event by which the two worlds meet, and is new with each start.
 * Whole in itself: its source text is what is sent to Chromium.
 */
export function pageWorld(makeBridge: MakeBridge, secret: string): void {
  if (window !== window.top) return
  // Taken before the page can put its own in their place; the listener is only ever set here and now.
  const dispatch = EventTarget.prototype.dispatchEvent.bind(window)
  const Message = CustomEvent

  const freeze = (value: unknown): void => {
    const holds = (typeof value === "object" && value !== null) || typeof value === "function"
    if (!holds || Object.isFrozen(value) || ArrayBuffer.isView(value)) return
    Object.freeze(value)
    for (const part of Object.values(value)) freeze(part)
  }

  const expose = (key: unknown, value: unknown): void => {
    const name = String(key)
    if (name in window)
      throw new Error("Cannot bind an API on top of an existing property on the window object")
    freeze(value)
    Object.defineProperty(window, name, { value, enumerable: true, writable: false, configurable: false })
  }

  const meet = (event: Event): void => {
    event.stopImmediatePropagation()
    // Only the preload's world knows the secret, and it sends a MouseEvent with the node that both will hold.
    const { relatedTarget } = event as MouseEvent
    if (relatedTarget !== null) makeBridge(relatedTarget, "page", "preload", { expose })
  }
  window.addEventListener(secret, meet, { once: true, capture: true })

  const open = (url: string | URL = "", target = "", features = ""): null => {
    const address = url === "" ? "about:blank" : new URL(url, document.baseURI).href
    dispatch(new Message(`${secret}:open`, { detail: [address, target, features] }))
    return null
  }
  Object.assign(window, { open })
}
