import type * as Electron from "electron"
import { drawBox } from "../world/draw-box.ts"
import { webContents, WebContents } from "../windows/web-contents.ts"

/** Draws the box inside its window, in a world and a shadow root of its own, as invisible to the page as a native one. */
export async function showMessageBox(
  parent: object | undefined,
  options: Electron.MessageBoxOptions,
): Promise<Electron.MessageBoxReturnValue> {
  const contents =
    contentsOf(parent) ?? webContents.getFocusedWebContents() ?? webContents.getAllWebContents()[0]
  const cancelled = { response: options.cancelId ?? 0, checkboxChecked: options.checkboxChecked ?? false }
  if (contents?.page === undefined) return cancelled
  const world = { frameId: contents.targetId, worldName: "stand-in's message box" }
  const { executionContextId } = await contents.page.send("Page.createIsolatedWorld", world)
  const answer = await contents.page
    .send("Runtime.evaluate", {
      contextId: executionContextId,
      awaitPromise: true,
      returnByValue: true,
      expression: `(${drawBox.toString()})(${JSON.stringify(boxOf(options))})`,
    })
    // The window was closed over it.
    .catch(() => undefined)
  // drawBox answers exactly this, unless the page went away under it.
  return (answer?.result.value as Electron.MessageBoxReturnValue | undefined) ?? cancelled
}

function contentsOf(parent: object | undefined): WebContents | undefined {
  return parent !== undefined && "webContents" in parent && parent.webContents instanceof WebContents
    ? parent.webContents
    : undefined
}

function boxOf(options: Electron.MessageBoxOptions) {
  const { message, detail = "", title = "", checkboxLabel = "", checkboxChecked = false } = options
  const buttons = options.buttons ?? []
  return {
    heading: title === "" ? message : title,
    text: [title === "" ? "" : message, detail].filter((part) => part !== "").join("\n"),
    buttons: (buttons.length === 0 ? ["OK"] : buttons).map((label) => label.replace("&", "")),
    defaultId: options.defaultId ?? 0,
    cancelId: options.cancelId ?? 0,
    checkboxLabel,
    checkboxChecked,
  }
}
