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
  let half = ""
  for await (const part of bytes) {
    const text = half + decoder.decode(part, { stream: true })
    // A CR at the end may be half of a line end: what it is, the next part tells.
    half = text.endsWith("\r") ? "\r" : ""
    const lines = text.slice(0, text.length - half.length).replace(/\r\n?/g, "\n")
    const blocks = (rest + lines).split("\n\n")
    rest = blocks.pop() ?? ""
    if (rest.length > LONGEST_EVENT) throw new BackendError("answer-too-large", "an event has no end")
    yield* blocks.flatMap((block) => readEvent(block))
  }
}

function readEvent(block: string): ServerSentEvent[] {
  let type = "message"
  const data: string[] = []
  for (const line of block.split("\n")) {
    // With the s flag a dot is any character: U+2028 ends a line of JavaScript, but none here.
    const [, field, value = ""] = /^([^:]+)(?:: ?(.*))?$/s.exec(line) ?? []
    if (field === "event") type = value
    if (field === "data") data.push(value)
  }
  return data.length === 0 ? [] : [{ type, data: data.join("\n") }]
}
