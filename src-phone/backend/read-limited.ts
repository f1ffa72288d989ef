import { concatBytes } from "../../src-protocol/bytes.ts"
import { PhoneError } from "../phone-error.ts"

/** The body of `response`, of which no more than `maximumBytes` are taken in; PhoneError `answer-too-large` beyond. */
export async function readLimited(response: Response, maximumBytes: number): Promise<Uint8Array> {
  const announced = Number(response.headers.get("content-length") ?? "0")
  if (announced > maximumBytes) {
    await response.body?.cancel()
    throw tooLarge(maximumBytes)
  }
  if (response.body === null) return new Uint8Array(0)
  const pieces: Uint8Array[] = []
  let length = 0
  // A reader, not `for await`: not every phone's browser engine can iterate over a stream.
  const reader = response.body.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const piece: unknown = next.value
    if (!(piece instanceof Uint8Array)) throw new PhoneError("wrong-answer", "the body is no stream of bytes")
    length += piece.length
    if (length > maximumBytes) {
      await reader.cancel()
      throw tooLarge(maximumBytes)
    }
    pieces.push(piece)
  }
  return concatBytes(...pieces)
}

function tooLarge(maximumBytes: number): PhoneError {
  return new PhoneError("answer-too-large", `the answer has more than ${String(maximumBytes)} bytes`)
}
