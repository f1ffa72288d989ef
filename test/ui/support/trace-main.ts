import type { ElectronApplication } from "@playwright/test"

/** Something that left the main process: a call's answer, an event, or a change of the window's protection. */
export interface Traced {
  readonly what: string
  /** As JSON, bytes as text. */
  readonly text: string
}

/** For `applicationAround`: notes all that goes from main to a page, and each `setContentProtection`, in their order. */
export const TRACING = `
import { app, BrowserWindow, ipcMain } from "electron"
const traced = []
globalThis.traced = traced
const asText = (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value)
const note = (what, value) => traced.push({ what, text: JSON.stringify(value, asText) ?? "" })
const handle = ipcMain.handle.bind(ipcMain)
ipcMain.handle = (channel, listener) =>
  handle(channel, async (...given) => {
    const answer = await listener(...given)
    note("answer " + channel, answer)
    return answer
  })
app.on("web-contents-created", (_, contents) => {
  const send = contents.send.bind(contents)
  contents.send = (channel, ...given) => {
    note("event " + channel, given)
    send(channel, ...given)
  }
})
const protect = BrowserWindow.prototype.setContentProtection
BrowserWindow.prototype.setContentProtection = function (isOn) {
  note("protection", isOn)
  return protect.call(this, isOn)
}
`

export async function tracedBy(application: ElectronApplication): Promise<readonly Traced[]> {
  return await application.evaluate(() => {
    // Sound: what TRACING keeps there.
    const { traced } = globalThis as unknown as { traced: readonly Traced[] }
    return traced
  })
}
