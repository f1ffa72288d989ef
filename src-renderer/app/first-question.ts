import { followDesk } from "./desk-feed.ts"

/** Imported before all else: main makes its answer while the rest of the window is still being run. */
export const feed = followDesk(window.desk)
