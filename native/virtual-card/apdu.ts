/** A command to the card (ISO/IEC 7816-4 §5.1). */
export interface Command {
  readonly cla: number
  readonly ins: number
  readonly p1: number
  readonly p2: number
  readonly data: Uint8Array
  /** Ne, the most bytes the other side takes; `undefined` where it asked for none. */
  readonly expected: number | undefined
}

/** What a card says: data, and the status word. */
export interface Response {
  readonly data: Uint8Array
  readonly status: number
}

/** The instructions that the card knows, and those of them that carry a PIN or a PUK. */
export const INSTRUCTION = {
  verify: 0x20,
  changeReferenceData: 0x24,
  resetRetryCounter: 0x2c,
  generateKeyPair: 0x47,
  generalAuthenticate: 0x87,
  select: 0xa4,
  getResponse: 0xc0,
  getData: 0xcb,
  putData: 0xdb,
} as const

const HEADER_BYTES = 4

/** Reads a command in any of the four cases, short or extended; `undefined` where its lengths contradict each other. */
export function parseCommand(bytes: Uint8Array): Command | undefined {
  const [cla, ins, p1, p2] = bytes
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return undefined
  const body = parseBody(bytes.subarray(HEADER_BYTES))
  return body === undefined ? undefined : { cla, ins, p1, p2, ...body }
}

type Body = Pick<Command, "data" | "expected">

const NO_DATA = new Uint8Array()

function parseBody(body: Uint8Array): Body | undefined {
  const [first] = body
  if (first === undefined) return { data: NO_DATA, expected: undefined }
  if (body.length === 1) return { data: NO_DATA, expected: first === 0 ? 0x100 : first }
  return first === 0 ? parseExtended(body) : parseWithData(body.subarray(1), first, 1)
}

function parseExtended(body: Uint8Array): Body | undefined {
  if (body.length < 3) return undefined
  const length = uint16(body.subarray(1))
  if (body.length === 3) return { data: NO_DATA, expected: length === 0 ? 0x10000 : length }
  return parseWithData(body.subarray(3), length, 2)
}

/** `lengthBytes` is 1 for a short Le and 2 for an extended one; the zero of each means the most there can be. */
function parseWithData(rest: Uint8Array, length: number, lengthBytes: 1 | 2): Body | undefined {
  const data = rest.subarray(0, length)
  if (data.length < length) return undefined
  const tail = rest.subarray(length)
  if (tail.length === 0) return { data, expected: undefined }
  if (tail.length !== lengthBytes) return undefined
  const expected = lengthBytes === 1 ? (tail[0] ?? 0) : uint16(tail)
  return { data, expected: expected === 0 ? 1 << (8 * lengthBytes) : expected }
}

function uint16(bytes: Uint8Array): number {
  return ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)
}
