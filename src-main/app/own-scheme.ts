import { protocol } from "electron"
import { SCHEME } from "./origin.ts"
import { serveRenderer } from "./serve-renderer.ts"

/** Before the app is ready: our scheme has an origin of its own and is as secure as https. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Rule 18: pages come by our own scheme out of one folder, never by file:. */
export function servePages(folder: string): void {
  protocol.handle(SCHEME, serveRenderer(folder))
}
