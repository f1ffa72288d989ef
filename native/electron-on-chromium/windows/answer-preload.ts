import { codec } from "../codec.ts"
import { say } from "../log.ts"
import { clickMenu } from "../machine/menu.ts"
import { preventable } from "../preventable.ts"
import { fromWeb } from "../schemes.ts"
import type { FromPreload, KeyPress } from "../world/messages.ts"
import { ipcMain } from "./ipc-main.ts"
import { openFrom } from "./open-from.ts"
import type { WebContents } from "./web-contents.ts"

/** Does what a message from the preload's world asks for. */
export function answerPreload(contents: WebContents, message: FromPreload, context: number): void {
  switch (message.is) {
    case "hello":
      contents.met(context, message.url)
      return
    case "send":
      receive(contents, message.channel, decodeArgs(message.args))
      return
    case "invoke":
      void answer(contents, message)
      return
    case "open":
      openFrom(contents, { ...message, url: fromWeb(message.url) })
      return
    case "key":
      pressKey(contents, message.key)
      return
    case "context-menu":
      contents.emit("context-menu", {}, { x: message.x, y: message.y })
      return
    case "title":
      retitle(contents, message.title)
      return
  }
}

function decodeArgs(text: string): readonly unknown[] {
  const args: unknown = codec.decode(text)
  return Array.isArray(args) ? args : []
}

function senderOf(contents: WebContents) {
  const senderFrame = contents.mainFrame
  return { type: "frame", sender: contents, senderFrame, frameId: senderFrame.routingId, processId: 1 }
}

function receive(contents: WebContents, channel: string, args: readonly unknown[]): void {
  const event = {
    ...senderOf(contents),
    ports: [],
    returnValue: undefined,
    reply: (replyChannel: string, ...replyArgs: unknown[]) => {
      contents.send(replyChannel, ...replyArgs)
    },
  }
  contents.emit("ipc-message", event, channel, ...args)
  ipcMain.emit(channel, event, ...args)
}

async function answer(contents: WebContents, message: FromPreload & { is: "invoke" }): Promise<void> {
  const { number, channel } = message
  try {
    const value = await ipcMain.answer(channel, senderOf(contents), decodeArgs(message.args))
    contents.tell({ is: "reply", number, ok: true, value: codec.encode(value) })
  } catch (error) {
    say(`Error occurred in handler for '${channel}':`, error)
    const told = `Error invoking remote method '${channel}': ${String(error)}`
    contents.tell({ is: "reply", number, ok: false, message: told })
  }
}

/** `preventDefault` keeps a menu from the key, but not the page: the page has had it before main hears of it. */
function pressKey(contents: WebContents, press: KeyPress): void {
  const event = preventable({})
  contents.emit("before-input-event", event, { ...press, isComposing: false, modifiers: [], location: 0 })
  if (!event.defaultPrevented && press.type === "keyDown") clickMenu(press, contents.around)
}

function retitle(contents: WebContents, title: string): void {
  contents.title = title
  contents.emit("page-title-updated", preventable({}), title, true)
  contents.around.emit("page-title-updated", preventable({}), title, true)
}
