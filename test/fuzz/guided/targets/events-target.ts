import { BackendError } from "../../../../src-main/backend/backend-error.ts"
import {
  readServerSentEvents,
  type ServerSentEvent,
} from "../../../../src-main/backend/server-sent-events.ts"
import { asciiBytes } from "../../../../src-protocol/bytes.ts"
import type { Target } from "../target.ts"
import { mustHold } from "./fuzz-world.ts"

const STREAM = [
  ": heartbeat\r\n\r\n",
  'event: state\r\ndata: {"state":"authorised"}\r\n\r\n',
  'event: state\ndata: {"state":"refused",\ndata: "reason":"bad-signature"}\n\n',
  "id: 1\nretry: 5\ndata\n\n",
].join("")

/** A stream of events says the same however the network cuts it. */
export function eventsTarget(): Target {
  return {
    name: "events",
    shape: "bytes",
    seeds: [asciiBytes(STREAM)],
    vocabulary: ["server-sent-events", "api.ts"],
    read: async (input) => {
      const cut = 1 + ((input[0] ?? 0) % 40)
      const whole = await eventsIn([input])
      const inPieces = await eventsIn(piecesOf(input, Math.max(cut, Math.ceil(input.length / 64))))
      if (whole === undefined || inPieces === undefined) return
      mustHold(JSON.stringify(whole) === JSON.stringify(inPieces), "events depend on how they were cut")
    },
    refuses: () => false,
  }
}

function piecesOf(bytes: Uint8Array, length: number): readonly Uint8Array[] {
  const pieces: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += length) pieces.push(bytes.subarray(at, at + length))
  return pieces
}

/** `undefined` where the stream is refused for an event without end. */
async function eventsIn(pieces: readonly Uint8Array[]): Promise<readonly ServerSentEvent[] | undefined> {
  const events: ServerSentEvent[] = []
  try {
    for await (const event of readServerSentEvents(streamOf(pieces))) events.push(event)
    return events
  } catch (error) {
    if (error instanceof BackendError && error.code === "answer-too-large") return undefined
    throw error
  }
}

async function* streamOf(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void, undefined> {
  for (const piece of pieces) yield await Promise.resolve(piece)
}
