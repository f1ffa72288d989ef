import { contextBridge, ipcRenderer } from "electron"
import { CALL_NAMES, channelOf, STATE_CHANNEL } from "./channels.ts"
import type { DeskDoor } from "./contract.ts"
import type { DeskState } from "./desk-state.ts"

/**
 * `window.desk`, made from the table: a function a call, each with its own fixed channel, and the one event. The window
 * gets no way to name a channel, to send anything unasked for, or to reach an object of Electron's.
 */
const calls = CALL_NAMES.map((name) => [name, (argument: unknown) => ask(channelOf(name), argument)] as const)

async function ask(channel: string, argument: unknown): Promise<unknown> {
  const answer = ipcRenderer.invoke(channel, argument)
  // Copied when `invoke` returns: what is left of a PIN in this world is overwritten before anything else happens.
  wipe(argument)
  return await answer
}

function wipe(argument: unknown): void {
  if (typeof argument !== "object" || argument === null) return
  for (const value of Object.values(argument)) if (value instanceof Uint8Array) value.fill(0)
}

function onState(listener: (state: DeskState) => void): () => void {
  // Electron's event stays here: it holds the sender.
  const heard = (_: unknown, state: DeskState): void => {
    listener(state)
  }
  ipcRenderer.on(STATE_CHANNEL, heard)
  return () => {
    ipcRenderer.removeListener(STATE_CHANNEL, heard)
  }
}

// Sound: the names are the table's own, and main answers each call as the table says.
const desk = { ...Object.fromEntries(calls), onState } as unknown as DeskDoor
contextBridge.exposeInMainWorld("desk", desk)
