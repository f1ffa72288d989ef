import { objectOf, numberField, optionalNumberField, textField, type Fields } from "./fields.ts"

/** What goes wrong at an APDU. Where nothing else is said, the card does not get to see the command. */
export type Effect =
  /** The card is pulled out, after as many milliseconds within the command; put back by itself if asked. */
  | { readonly is: "removal"; readonly afterMilliseconds: number; readonly backAfterMilliseconds?: number }
  /** As a bad contact: out and in again at once. The PIN is forgotten; nobody need have seen it go. */
  | { readonly is: "power-loss" }
  /** The card forgets what it knew of this conversation, then performs the command. */
  | { readonly is: "reset" }
  /** A status word instead of an answer, 6F00 unless another is named. */
  | { readonly is: "status"; readonly status: number }
  /** The answer comes later. */
  | { readonly is: "delay"; readonly milliseconds: number }
  /** As many bytes as the real answer had, of no meaning. */
  | { readonly is: "garbage" }
  /** No answer ever, until the card is pulled out. */
  | { readonly is: "silence" }
  /** The answer without its last bytes, the status word among them; at least two bytes are left. */
  | { readonly is: "truncation"; readonly bytes: number }
  /** The answer with its last byte of data turned over: of a signature, one that does not verify. */
  | { readonly is: "wrong-bytes" }

/** Which APDU: all that is named must hold. Nothing named: the next one. */
export interface Occasion {
  /** Counted from 1 since the faults were set. */
  readonly index?: number
  readonly ins?: number
  /** How the command begins, in hexadecimal: `00870` is every last part of a command with a key. */
  readonly begins?: string
}

export interface Fault {
  readonly when: Occasion
  readonly then: Effect
  /** How many fitting APDUs are spared first; 0 unless given. */
  readonly skip?: number
  /** How often it strikes; once unless given. */
  readonly times?: number | "always"
}

/** A fault within the program, by any test of the command. */
export interface FaultByPredicate {
  readonly when: (command: Uint8Array, index: number) => boolean
  readonly then: Effect
}

/** Faults that wait for their APDU. */
export class FaultScript {
  #index = 0
  #waiting: { readonly fault: Fault | FaultByPredicate; spared: number; left: number }[]

  constructor(faults: readonly (Fault | FaultByPredicate)[] = []) {
    this.#waiting = faults.map((fault) => ({ fault, spared: spares(fault), left: strikes(fault) }))
  }

  /** Whether any fault is still to come. */
  get isSpent(): boolean {
    return this.#waiting.length === 0
  }

  /** The effect of the first fault that this command is the occasion of. */
  effectOn(command: Uint8Array): Effect | undefined {
    this.#index += 1
    for (const waiting of this.#waiting.filter(({ fault }) => fits(fault, command, this.#index))) {
      if (waiting.spared > 0) {
        waiting.spared -= 1
        continue
      }
      waiting.left -= 1
      if (waiting.left === 0) this.#waiting = this.#waiting.filter((other) => other !== waiting)
      return waiting.fault.then
    }
    return undefined
  }
}

function spares(fault: Fault | FaultByPredicate): number {
  return "skip" in fault ? (fault.skip ?? 0) : 0
}

function strikes(fault: Fault | FaultByPredicate): number {
  const times = "times" in fault ? (fault.times ?? 1) : 1
  return times === "always" ? Number.POSITIVE_INFINITY : times
}

function fits({ when }: Fault | FaultByPredicate, command: Uint8Array, index: number): boolean {
  if (typeof when === "function") return when(command, index)
  if (when.index !== undefined && when.index !== index) return false
  if (when.ins !== undefined && when.ins !== command[1]) return false
  return when.begins === undefined || Buffer.from(command).toString("hex").startsWith(when.begins)
}

/** Reads a fault; throws TypeError naming the field that is not as it should be. */
export function parseFault(value: unknown): Fault {
  const fault = objectOf(value, "a fault")
  return {
    when: parseOccasion(objectOf(fault["when"], '"when"')),
    then: parseEffect(objectOf(fault["then"], '"then"')),
    ...(fault["skip"] === undefined ? {} : { skip: numberField(fault, "skip") }),
    ...(fault["times"] === undefined ? {} : { times: parseTimes(fault) }),
  }
}

function parseTimes(fault: Fields): number | "always" {
  return fault["times"] === "always" ? "always" : Math.max(1, numberField(fault, "times"))
}

function parseOccasion(when: Fields): Occasion {
  const index = optionalNumberField(when, "index")
  const ins = optionalNumberField(when, "ins")
  return {
    ...(index === undefined ? {} : { index }),
    ...(ins === undefined ? {} : { ins }),
    ...(when["begins"] === undefined ? {} : { begins: textField(when, "begins", /^[0-9a-f]+$/) }),
  }
}

function parseEffect(then: Fields): Effect {
  const is = textField(then, "is")
  switch (is) {
    case "removal":
      return parseRemoval(then)
    case "status":
      return { is, status: optionalNumberField(then, "status") ?? 0x6f00 }
    case "delay":
      return { is, milliseconds: numberField(then, "milliseconds") }
    case "truncation":
      return { is, bytes: optionalNumberField(then, "bytes") ?? 1 }
    case "power-loss":
    case "reset":
    case "garbage":
    case "silence":
    case "wrong-bytes":
      return { is }
    default:
      throw new TypeError(`there is no fault "${is}"`)
  }
}

function parseRemoval(then: Fields): Effect {
  const backAfterMilliseconds = optionalNumberField(then, "backAfterMilliseconds")
  return {
    is: "removal",
    afterMilliseconds: optionalNumberField(then, "afterMilliseconds") ?? 0,
    ...(backAfterMilliseconds === undefined ? {} : { backAfterMilliseconds }),
  }
}
