import type { WebContents } from "./web-contents.ts"

/** The main frame as `senderFrame` and `mainFrame` show it; frames within a page have no preload, so they send nothing. */
export function mainFrameOf(contents: WebContents) {
  const url = contents.getURL()
  const frame = {
    url,
    origin: /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i.exec(url)?.[0] ?? "null",
    name: "",
    parent: null,
    processId: 1,
    routingId: contents.id,
    frameTreeNodeId: contents.id,
    detached: false,
    isDestroyed: () => contents.isDestroyed(),
    send: (channel: string, ...args: unknown[]) => {
      contents.send(channel, ...args)
    },
    get top(): object {
      return frame
    },
  }
  return frame
}
