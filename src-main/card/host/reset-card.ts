import { DISPOSITION, PCSC_CODE, PROTOCOL, SCOPE, SHARE, STATE } from "../../../native/pcsc/constants.ts"
import { openPcsc, type Pcsc, type PcscHandle, type ReaderState } from "../../../native/pcsc/open-pcsc.ts"
import { readerNamesNow } from "../../../native/pcsc/reader-names.ts"
import { readerOfToken, type SeenReaderName, type TokenPlace } from "../reader-of-token.ts"

/** `not-needed`: there is no such card in a reader (any more). `refused`: the reader or another program did not let us. */
export type CardReset = "done" | "not-needed" | "refused"

/**
 * Makes the card forget that its PIN was typed. C_Logout does not: with OpenSC the card goes on trusting every program
 * of this computer until it is taken out. Never throws: what was signed stays signed.
 */
export function resetCard(place: TokenPlace): CardReset {
  try {
    return withContext(openPcsc(), (pcsc, context) => {
      const reader = readerOfToken(place, readersNow(pcsc, context))
      return reader === undefined ? "not-needed" : resetReader(pcsc, context, reader)
    })
  } catch {
    // No PC/SC library: then there is no reader either.
    return "not-needed"
  }
}

function withContext(pcsc: Pcsc, use: (pcsc: Pcsc, context: PcscHandle) => CardReset): CardReset {
  const answered: PcscHandle[] = [0]
  const code = pcsc.establishContext.now(SCOPE.system, null, null, answered)
  const [context] = answered
  if (code !== PCSC_CODE.ok || context === undefined) return "not-needed"
  try {
    return use(pcsc, context)
  } finally {
    pcsc.releaseContext.now(context)
  }
}

function resetReader(pcsc: Pcsc, context: PcscHandle, reader: string): CardReset {
  const card: PcscHandle[] = [0]
  const connected = pcsc.connect.now(context, reader, SHARE.shared, PROTOCOL.any, card, [0])
  const [handle] = card
  if (connected === PCSC_CODE.noCard || connected === PCSC_CODE.removedCard) return "not-needed"
  if (connected !== PCSC_CODE.ok || handle === undefined) return "refused"
  return pcsc.disconnect.now(handle, DISPOSITION.reset) === PCSC_CODE.ok ? "done" : "refused"
}

function readersNow(pcsc: Pcsc, context: PcscHandle): readonly SeenReaderName[] {
  const listed = readerNamesNow(pcsc, context)
  if ("code" in listed || listed.names.length === 0) return []
  const states = listed.names.map((szReader): ReaderState => ({
    ...{ szReader, pvUserData: null, dwCurrentState: STATE.unaware, dwEventState: 0, cbAtr: 0, rgbAtr: [] },
  }))
  if (pcsc.getStatusChange.now(context, 0, states, states.length) !== PCSC_CODE.ok) return []
  return states.map(({ szReader, dwEventState }) => ({
    name: szReader,
    occupied: (Number(dwEventState) & STATE.present) !== 0,
  }))
}
