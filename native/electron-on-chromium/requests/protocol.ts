import type * as Electron from "electron"
import { addScheme, isScheme } from "../schemes.ts"

export type SchemeHandler = (request: Request) => Response | Promise<Response>

const handlers = new Map<string, SchemeHandler>()

/** The handler of a scheme of ours, if it has one. */
export function handlerOf(scheme: string): SchemeHandler | undefined {
  return isScheme(scheme) ? handlers.get(scheme) : undefined
}

/** Electron's `protocol`, for standard and secure schemes: others cannot be stood in for. */
export const protocol = {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard !== true || privileges.secure !== true)
        throw new Error(`The stand-in needs the scheme ${scheme} to be standard and secure`)
      addScheme(scheme)
    }
  },
  handle(scheme: string, handler: SchemeHandler): void {
    if (!isScheme(scheme)) throw new Error(`The stand-in needs ${scheme} registered as privileged before`)
    if (handlers.has(scheme)) throw new Error("The scheme has been intercepted")
    handlers.set(scheme, handler)
  },
  unhandle(scheme: string): void {
    handlers.delete(scheme)
  },
  isProtocolHandled(scheme: string): boolean {
    return handlers.has(scheme)
  },
}
