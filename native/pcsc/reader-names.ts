import { PCSC_CODE } from "./constants.ts"
import type { Pcsc, PcscHandle } from "./open-pcsc.ts"

/** The names of the readers, or the code of what went wrong; no reader at all is no fault. */
export type ReaderNames = { readonly names: readonly string[] } | { readonly code: number }

/** Where a reader comes between the two calls, its name does not fit: the caller's next look sees it. */
const MARGIN = 1_024

/** SCardListReaders on another thread. */
export async function readerNames(pcsc: Pcsc, context: PcscHandle): Promise<ReaderNames> {
  const length = [0]
  const asked = await pcsc.listReaders.later(context, null, null, length)
  if (asked !== PCSC_CODE.ok) return noneOr(asked)
  const names = new Uint8Array((length[0] ?? 0) + MARGIN)
  const room = [names.length]
  const code = await pcsc.listReaders.later(context, null, names, room)
  return code === PCSC_CODE.ok ? { names: splitNames(names.subarray(0, room[0])) } : noneOr(code)
}

/** As `readerNames`, at once. */
export function readerNamesNow(pcsc: Pcsc, context: PcscHandle): ReaderNames {
  const length = [0]
  const asked = pcsc.listReaders.now(context, null, null, length)
  if (asked !== PCSC_CODE.ok) return noneOr(asked)
  const names = new Uint8Array((length[0] ?? 0) + MARGIN)
  const room = [names.length]
  const code = pcsc.listReaders.now(context, null, names, room)
  return code === PCSC_CODE.ok ? { names: splitNames(names.subarray(0, room[0])) } : noneOr(code)
}

function noneOr(code: number): ReaderNames {
  return code === PCSC_CODE.noReaders ? { names: [] } : { code }
}

/** A multi-string: texts with a zero byte behind each. UTF-8, because koffi hands names back to the library so. */
export function splitNames(bytes: Uint8Array): readonly string[] {
  return new TextDecoder()
    .decode(bytes)
    .split("\0")
    .filter((name) => name !== "")
}
