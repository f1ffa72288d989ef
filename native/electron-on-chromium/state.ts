import { randomBytes } from "node:crypto"

/** What the command line and `app.commandLine` have set; read until Chromium starts. */
export const switches = new Map<string, string>()

/** Where this start's own pieces are; filled in by boot.ts before the application is loaded. */
export const places = { executable: "", application: "", node: process.execPath, profile: "" }

/** Names the event by which the two worlds of a page meet. A page cannot guess it, so it cannot listen in. */
export const SECRET = `k${randomBytes(12).toString("hex")}`
