import { openPcsc } from "../../../native/pcsc/open-pcsc.ts"
import { parentOf } from "./parent.ts"
import { ReaderWatch } from "./watch-readers.ts"

/**
 * The process that watches the readers. Apart from the one that holds the card: that one waits inside a vendor's module
 * for as long as a signature takes, and this one has to say meanwhile that the card was pulled out.
 */
const parent = parentOf(process)
parent.onGone(() => process.exit(0))

await new ReaderWatch(
  () => openPcsc(),
  (report) => {
    parent.send(report)
  },
).run()
