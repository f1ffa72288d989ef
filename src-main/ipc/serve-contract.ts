import type { IpcMain, IpcMainInvokeEvent } from "electron"
import {
  CALLS,
  channelOf,
  type AnswerOf,
  type Answered,
  type ArgumentOf,
  type CallName,
} from "../../src-preload/contract.ts"
import type { ProblemView } from "../../src-preload/desk-state.ts"
import { DeskError, ownProblem } from "../desk-problem.ts"

/** What each call of the table does. Its argument has been parsed; what it throws becomes a problem. */
export type Handlers = {
  readonly [Name in CallName]: (
    argument: ArgumentOf<Name>,
  ) => Promise<AnswerOf<Name> | undefined> | AnswerOf<Name> | undefined
}

/** Who called, as far as the check needs to know. */
export type Caller = Pick<IpcMainInvokeEvent, "sender" | "senderFrame">

/** What answers the calls. */
export interface Desk {
  readonly handlers: Handlers
  /** An error as the window shows it, in the language of the moment. */
  readonly describe: (error: unknown) => ProblemView
}

export interface Door {
  /** Whether a call comes from the main frame of our own window, on our own origin. */
  readonly isOurs: (caller: Caller) => boolean
  /** A call that comes before the desk stands waits for it. */
  readonly desk: Promise<Desk>
}

/**
 * Opens the door: a handler a call of the table and not one more. A call from anywhere but our own window is refused
 * before its argument is looked at, and learns nothing; one whose argument is not the table's is answered a problem.
 */
export function serveContract(ipcMain: Pick<IpcMain, "handle">, { isOurs, desk }: Door): void {
  for (const name of callNames()) {
    ipcMain.handle(channelOf(name), async (caller, ...given: readonly unknown[]) => {
      if (!isOurs(caller)) throw new Error("refused")
      return await answer(await desk, name, given)
    })
  }
}

function callNames(): readonly CallName[] {
  // Sound: these are the keys of the very table whose keys CallName is.
  return Object.keys(CALLS) as CallName[]
}

/** Parses, runs, answers; never throws. Bytes that were handed over are wiped, whatever happens. */
export async function answer<Name extends CallName>(
  desk: Desk,
  name: Name,
  given: readonly unknown[],
): Promise<Answered<AnswerOf<Name>>> {
  try {
    const argument = parseArgument(name, given)
    const handler: (argument: ArgumentOf<Name>) => unknown = desk.handlers[name]
    // Sound: the handler's own type says that it answers what the table says, or nothing where that is `undefined`.
    return { ok: true, answer: (await handler(argument)) as AnswerOf<Name> }
  } catch (error) {
    return { ok: false, problem: desk.describe(error) }
  } finally {
    wipe(given[0])
  }
}

function parseArgument<Name extends CallName>(name: Name, given: readonly unknown[]): ArgumentOf<Name> {
  const parsed = CALLS[name].argument.safeParse(given[0])
  if (given.length > 1 || !parsed.success) {
    // What was given is in no message: it can hold a PIN or a code.
    throw new DeskError(ownProblem("OUT_OF_ORDER", `the argument of ${name} is not the table's`))
  }
  // Sound: it was parsed by the schema that ArgumentOf is inferred from.
  return parsed.data as ArgumentOf<Name>
}

function wipe(argument: unknown): void {
  if (typeof argument !== "object" || argument === null) return
  for (const value of Object.values(argument)) if (value instanceof Uint8Array) value.fill(0)
}
