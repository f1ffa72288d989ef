import type { LogEntry } from "./apdu-log.ts"
import { parseCardImage, type CardImage } from "./card-image.ts"
import { parseFault, type Fault } from "./faults.ts"
import { arrayField, booleanField, numberField, objectOf, textField, type Fields } from "./fields.ts"
import type { PinCounters } from "./pin-state.ts"

/*
 * The control channel of a reader: JSON, one document a line, over a unix socket in a directory that only its owner can
 * enter. A question has a number, and its answer the same one.
 */

/** "slow" is Debian's vpcd as it is: 41 ms a message, close to a real card. "fast" is without that wait. */
export type LinkSpeed = "fast" | "slow"
export type PcscdAction = "start" | "stop" | "kill" | "restart"

export type ControlRequest =
  | { readonly do: "insert"; readonly slot: number; readonly card: CardImage }
  | { readonly do: "remove"; readonly slot: number }
  | { readonly do: "status" }
  | { readonly do: "faults"; readonly slot: number; readonly faults: readonly Fault[] }
  | { readonly do: "log"; readonly slot: number; readonly clear: boolean }
  | { readonly do: "link"; readonly speed: LinkSpeed; readonly delayMilliseconds: number }
  /** `readers`: how many virtual readers the new pcscd has, 0 to 2; as before unless given. */
  | { readonly do: "pcscd"; readonly action: PcscdAction; readonly readers?: number }
  | { readonly do: "end" }

export interface SlotStatus {
  readonly card?: { readonly id: string; readonly label: string } & PinCounters
  /** Whether pcscd has the card too. */
  readonly seen: boolean
  /** Since the log was last cleared. */
  readonly apdus: number
  readonly faultsSpent: boolean
}

/** `at` is CLOCK_MONOTONIC in milliseconds, the same for all processes of a machine: process.hrtime of another counts on. */
export type ControlResult =
  | { readonly is: "inserted"; readonly seen: boolean; readonly at: number }
  | { readonly is: "removed"; readonly at: number }
  | { readonly is: "status"; readonly slots: readonly SlotStatus[]; readonly pcscd: boolean }
  | { readonly is: "log"; readonly entries: readonly LogEntry[] }
  | { readonly is: "done" }

export type ControlAnswer =
  { readonly id: number; readonly result: ControlResult } | { readonly id: number; readonly error: string }

/** Reads a question; throws TypeError naming the field that is not as it should be. */
export function parseRequest(value: unknown): { readonly id: number; readonly request: ControlRequest } {
  const fields = objectOf(value, "a question")
  return { id: numberField(fields, "id"), request: parseBody(fields) }
}

function parseBody(fields: Fields): ControlRequest {
  const name = textField(fields, "do")
  switch (name) {
    case "insert":
      return { do: name, slot: numberField(fields, "slot"), card: parseCardImage(fields["card"]) }
    case "remove":
      return { do: name, slot: numberField(fields, "slot") }
    case "faults":
      return {
        do: name,
        slot: numberField(fields, "slot"),
        faults: arrayField(fields, "faults").map(parseFault),
      }
    case "log":
      return { do: name, slot: numberField(fields, "slot"), clear: booleanField(fields, "clear") }
    case "link":
      return parseLink(fields)
    case "pcscd":
      return parsePcscd(fields)
    case "status":
    case "end":
      return { do: name }
    default:
      throw new TypeError(`a reader does not know "${name}"`)
  }
}

function parseLink(fields: Fields): ControlRequest {
  const speed = textField(fields, "speed")
  if (speed !== "fast" && speed !== "slow") throw new TypeError('"speed" is fast or slow')
  return { do: "link", speed, delayMilliseconds: numberField(fields, "delayMilliseconds") }
}

const ACTIONS: readonly PcscdAction[] = ["start", "stop", "kill", "restart"]

function parsePcscd(fields: Fields): ControlRequest {
  const action = ACTIONS.find((known) => known === fields["action"])
  if (action === undefined) throw new TypeError(`"action" is one of ${ACTIONS.join(", ")}`)
  const readers = fields["readers"] === undefined ? {} : { readers: numberField(fields, "readers") }
  return { do: "pcscd", action, ...readers }
}

/** Reads an answer; throws TypeError. The result's own fields are trusted: the other end is this program too. */
export function parseAnswer(value: unknown): ControlAnswer {
  const fields = objectOf(value, "an answer")
  const id = numberField(fields, "id")
  if (fields["error"] !== undefined) return { id, error: textField(fields, "error") }
  // Sound: only the reader of this same version writes into that socket, which nobody else can reach.
  return { id, result: objectOf(fields["result"], '"result"') as unknown as ControlResult }
}
