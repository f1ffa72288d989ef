import type { EventOf } from "../chromium/cdp.ts"
import { onBrowser } from "../chromium/browser.ts"
import type { Chromium } from "../chromium/launch.ts"
import { trace } from "../log.ts"

/** A page of Chromium that has been opened for us and waits, before its first script, until it is told to run. */
export interface PausedPage {
  readonly targetId: string
  readonly sessionId: string
}

/** What wants to know of the end of a page. */
export interface PageEnd {
  gone(): void
  crashed(): void
}

const OPENING_SECONDS = 30
const ends = new Map<string, PageEnd>()
let turn: Promise<unknown> = Promise.resolve()
let awaited: ((page: PausedPage) => void) | undefined

/** Tells `end` when the page is closed, crashes, or Chromium ends. */
export function followPage(targetId: string, end: PageEnd): void {
  ends.set(targetId, end)
}

/**
 * Opens a window on an address and answers its paused page. One at a time, so that the next page that nobody opened
 * is the one that we asked for.
 */
export async function openPage(chromium: Chromium, url: string, size: { width: number; height: number }) {
  const before = turn
  const { promise: done, resolve: finish } = Promise.withResolvers<undefined>()
  turn = done
  await before
  try {
    const page = nextPage()
    if (chromium.headless)
      await chromium.cdp.browser.send("Target.createTarget", { url, newWindow: true, ...size })
    else await chromium.openWindow(url)
    return await page
  } finally {
    finish(undefined)
  }
}

function nextPage(): Promise<PausedPage> {
  return new Promise((resolve, reject) => {
    awaited = resolve
    const tooLong = () => {
      reject(new Error(`Chromium opened no window in ${OPENING_SECONDS} s`))
    }
    setTimeout(tooLong, OPENING_SECONDS * 1000).unref()
  })
}

onBrowser((chromium) => {
  const { cdp } = chromium
  cdp.browser.on("Target.attachedToTarget", (event) => {
    takeOrClose(chromium, event)
  })
  cdp.browser.on("Target.targetDestroyed", ({ targetId }) => {
    ends.get(targetId)?.gone()
    ends.delete(targetId)
  })
  cdp.browser.on("Target.targetCrashed", ({ targetId }) => {
    ends.get(targetId)?.crashed()
  })
  cdp.onClosed(() => {
    for (const end of ends.values()) end.gone()
    ends.clear()
  })
  void cdp.browser.send("Target.setDiscoverTargets", { discover: true })
  void cdp.browser.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
  })
})

function takeOrClose({ cdp }: Chromium, { targetInfo, sessionId }: EventOf<"Target.attachedToTarget">): void {
  const { type, targetId, url, openerId } = targetInfo
  trace("a target came:", type, url)
  if (type === "page" && openerId === undefined && awaited !== undefined) {
    const take = awaited
    awaited = undefined
    take({ targetId, sessionId })
    return
  }
  // A pop-up that is closed while it is still paused would freeze the page that opened it.
  void cdp.conversation(sessionId).send("Runtime.runIfWaitingForDebugger")
  // Whatever page is not ours is Chromium's own doing, such as a tab by its menu: none is kept.
  if (type === "page") void cdp.browser.send("Target.closeTarget", { targetId })
}
