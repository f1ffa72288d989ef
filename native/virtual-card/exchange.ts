import { INSTRUCTION, type Command, type Response } from "./apdu.ts"
import { STATUS } from "./status-words.ts"

const CHAINING = 0x10
const MOST_DATA = 0x100
const NOTHING = new Uint8Array()

/**
 * What goes on between commands: parts of a long command are gathered (command chaining, ISO/IEC 7816-4 §5.3.3), and
 * what did not fit in an answer waits for GET RESPONSE (§5.3.4).
 */
export class Exchange {
  #waiting: Uint8Array = NOTHING
  #gathered: Command | undefined

  reset(): void {
    this.#waiting = NOTHING
    this.#gathered = undefined
  }

  /** Answers what needs no application: GET RESPONSE and all but the last part of a chain; else the whole command. */
  take(command: Command): { readonly whole: Command } | { readonly answer: Response } {
    if (command.ins === INSTRUCTION.getResponse) return { answer: this.#rest(command) }
    this.#waiting = NOTHING
    const gathered = this.#gather(command)
    if ((command.cla & CHAINING) === 0) return { whole: gathered }
    this.#gathered = gathered
    return { answer: { data: NOTHING, status: STATUS.ok } }
  }

  /** As much of an answer as the other side takes now. A command that asked for nothing is given its answer all the same. */
  give({ data, status }: Response, expected: number | undefined): Response {
    if (status !== STATUS.ok) return { data: NOTHING, status }
    const most = Math.min(expected ?? MOST_DATA, MOST_DATA)
    this.#waiting = data.subarray(most)
    return { data: data.subarray(0, most), status: statusWithRest(this.#waiting.length) }
  }

  #rest({ expected }: Command): Response {
    if (this.#waiting.length === 0) return { data: NOTHING, status: STATUS.conditionsNotSatisfied }
    return this.give({ data: this.#waiting, status: STATUS.ok }, expected)
  }

  #gather(command: Command): Command {
    const before = this.#gathered
    this.#gathered = undefined
    if (before?.ins !== command.ins || before.p1 !== command.p1 || before.p2 !== command.p2) return command
    return { ...command, data: new Uint8Array(Buffer.concat([before.data, command.data])) }
  }
}

function statusWithRest(waiting: number): number {
  if (waiting === 0) return STATUS.ok
  return STATUS.moreData | (waiting >= 0x100 ? 0 : waiting)
}
