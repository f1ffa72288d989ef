import { BackendError } from "./backend-error.ts"

export interface ServerSentEvent {
  readonly type: string
  readonly data: string
}

const LONGEST_EVENT = 16 * 1_024

/**
 * The events in a stream of bytes (HTML Living Standard section 9.2.6): lines, fields, an empty line ends an event.
 * Comments (heartbeats) and unknown fields are passed over. Throws `answer-too-large` for an event without end.
 */
export async function* readServerSentEvents(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const decoder = new TextDecoder()
  let rest = ""
  for await (const part of bytes) {
    // A CR at the end may be half of a line end.
    const text = rest + decoder.decode(part, { stream: true })
    const blocks = text.replace(/\r\n/g, "\n").split("\n\n")
    rest = blocks.pop() ?? ""
    if (rest.length > LONGEST_EVENT) throw new BackendError("answer-too-large", "an event has no end")
    yield* blocks.flatMap((block) => readEvent(block))
  }
}

function readEvent(block: string): ServerSentEvent[] {
  let type = "message"
  const data: string[] = []
  for (const line of block.split("\n")) {
    const [, field, value = ""] = /^([^:]+)(?:: ?(.*))?$/.exec(line) ?? []
    if (field === "event") type = value
    if (field === "data") data.push(value)
  }
  return data.length === 0 ? [] : [{ type, data: data.join("\n") }]
}
