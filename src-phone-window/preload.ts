import { contextBridge, ipcRenderer } from "electron"
import { PHONE_CALLS, PHONE_STATE_CHANNEL, phoneChannelOf, type PhoneWindowState } from "./contract.ts"

/** `window.phone`, made from the table. */
const calls = Object.keys(PHONE_CALLS).map(
  (name) =>
    [name, (argument: unknown): unknown => ipcRenderer.invoke(phoneChannelOf(name), argument)] as const,
)

function onState(listener: (state: PhoneWindowState) => void): () => void {
  const heard = (_: unknown, state: PhoneWindowState): void => {
    listener(state)
  }
  ipcRenderer.on(PHONE_STATE_CHANNEL, heard)
  return () => {
    ipcRenderer.removeListener(PHONE_STATE_CHANNEL, heard)
  }
}

contextBridge.exposeInMainWorld("phone", { ...Object.fromEntries(calls), onState })
