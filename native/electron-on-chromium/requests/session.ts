import type * as Electron from "electron"
import { EventEmitter } from "node:events"
import { protocol } from "./protocol.ts"

export type PermissionRequest = Parameters<Electron.Session["setPermissionRequestHandler"]>[0]
export type PermissionCheck = Parameters<Electron.Session["setPermissionCheckHandler"]>[0]
export type BeforeRequest = (
  details: Electron.OnBeforeRequestListenerDetails,
  callback: (answer: Electron.CallbackResponse) => void,
) => void
export type HeadersReceived = (
  details: Electron.OnHeadersReceivedListenerDetails,
  callback: (answer: Electron.HeadersReceivedResponse) => void,
) => void

/** What the application has asked to decide itself. */
export const decisions: {
  request: PermissionRequest
  check: PermissionCheck
  beforeRequest: BeforeRequest | null
  headersReceived: HeadersReceived | null
} = { request: null, check: null, beforeRequest: null, headersReceived: null }

/** A listener comes alone or behind a filter; the stand-in asks it of every request. */
function listenerOf<Listener extends object>(
  first: object | null,
  second?: Listener | null,
): Listener | null {
  // Without a second argument the first one is the listener, as electron.d.ts has it.
  return second === undefined ? (first as Listener | null) : second
}

class WebRequest {
  onBeforeRequest(
    first: Electron.WebRequestFilter | BeforeRequest | null,
    second?: BeforeRequest | null,
  ): void {
    decisions.beforeRequest = listenerOf(first, second)
  }
  onHeadersReceived(
    first: Electron.WebRequestFilter | HeadersReceived | null,
    second?: HeadersReceived | null,
  ): void {
    decisions.headersReceived = listenerOf(first, second)
  }
}

/** Electron's Session, of which there is one. */
class Session extends EventEmitter {
  readonly webRequest = new WebRequest()
  readonly protocol = protocol

  setPermissionRequestHandler(handler: PermissionRequest): void {
    decisions.request = handler
  }
  setPermissionCheckHandler(handler: PermissionCheck): void {
    decisions.check = handler
  }
  setDevicePermissionHandler(): void {
    // Devices are refused by the page's Permissions-Policy; Chromium's own chooser cannot be asked from outside.
  }
  setDisplayMediaRequestHandler(): void {
    // See setDevicePermissionHandler.
  }
  setSpellCheckerEnabled(): void {
    // Chromium has no dictionaries here.
  }
  setProxy(): Promise<void> {
    return Promise.resolve()
  }
  clearCache(): Promise<void> {
    return Promise.resolve()
  }
  flushStorageData(): void {
    // Chromium writes it when it ends.
  }
}

export const defaultSession = new Session()

/** Electron's `session` module; partitions are not kept apart. */
export const session = { defaultSession, fromPartition: () => defaultSession }
