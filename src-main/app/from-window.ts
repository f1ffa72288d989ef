import type { BrowserWindow } from "electron"
import type { Caller } from "../ipc/serve-contract.ts"
import { isOwnAddress } from "./origin.ts"

/** Rule 17: whether a call comes from the main frame of this window and from one of our own pages. */
export function isFromWindow(
  window: Pick<BrowserWindow, "isDestroyed" | "webContents">,
  caller: Caller,
): boolean {
  const { sender, senderFrame } = caller
  if (window.isDestroyed() || sender !== window.webContents || senderFrame === null) return false
  return senderFrame.parent === null && isOwnAddress(senderFrame.url)
}
