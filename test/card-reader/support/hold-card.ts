import { PROTOCOL, SCOPE } from "../../../native/pcsc/constants.ts"
import { openPcsc, type PcscHandle } from "../../../native/pcsc/open-pcsc.ts"

/** A program that takes the card in a reader for itself alone, says so, and keeps it until it is ended. */
const EXCLUSIVE = 1
const pcsc = openPcsc()
const [context, card]: [PcscHandle[], PcscHandle[]] = [[0], [0]]
pcsc.establishContext.now(SCOPE.system, null, null, context)
const code = pcsc.connect.now(context[0] ?? 0, process.argv[2] ?? "", EXCLUSIVE, PROTOCOL.any, card, [0])
console.log(code === 0 ? "held" : `refused ${code.toString(16)}`)
setInterval(() => undefined, 60_000)
