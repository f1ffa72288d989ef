import type * as Electron from "electron"
import { say } from "../log.ts"
import { showMessageBox } from "./message-box.ts"

/** Electron's `dialog`. Files are never chosen here: a test replaces these functions, as it does with the real ones. */
export const dialog = {
  showMessageBox(first: object, second?: Electron.MessageBoxOptions) {
    // With one argument it is the options, as electron.d.ts has it.
    return second === undefined
      ? showMessageBox(undefined, first as Electron.MessageBoxOptions)
      : showMessageBox(first, second)
  },
  showErrorBox(title: string, content: string): void {
    say(`${title}: ${content}`)
  },
  showOpenDialog(): Promise<Electron.OpenDialogReturnValue> {
    return Promise.resolve({ canceled: true, filePaths: [] })
  },
  showSaveDialog(): Promise<Electron.SaveDialogReturnValue> {
    return Promise.resolve({ canceled: true, filePath: "" })
  },
}
