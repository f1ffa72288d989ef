import { DeskError, deskProblemOf, ownProblem } from "../desk-problem.ts"
import { nextState, type ConsultEvent, type ConsultState } from "./next-state.ts"

export type StateOf<Is extends ConsultState["is"]> = Extract<ConsultState, { is: Is }>

/** Throws when the dialogue that an effect belongs to was left meanwhile: what it found is then thrown away. */
export type IfCurrent = () => void

/** Where the dialogue stands, who is told, and how an effect's outcome comes back into it. */
export class Dialogue {
  #state: ConsultState = { is: "signed-out" }
  readonly #listeners = new Set<(state: ConsultState) => void>()
  /** Grows whenever the clinician goes elsewhere: an answer about one patient must never land in another's dialogue. */
  #turn = 0

  get state(): ConsultState {
    return this.#state
  }

  subscribe(listener: (state: ConsultState) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The present state, when it is one of these; throws `OUT_OF_ORDER`. */
  expect<Is extends ConsultState["is"]>(...wanted: readonly Is[]): StateOf<Is> {
    const state = this.#state
    if (isOneOf(state, wanted)) return state
    throw outOfOrder(`this step has no place in ${state.is}`)
  }

  dispatch(event: ConsultEvent): void {
    const before = this.#state
    this.#state = nextState(before, event)
    if (this.#state === before) return
    for (const listener of this.#listeners) listener(this.#state)
  }

  /** Dispatches what the clinician does to go elsewhere: effects that are under way are no longer of this dialogue. */
  turn(event: ConsultEvent): void {
    const before = this.#state.is
    this.dispatch(event)
    if (this.#state.is !== before) this.#turn += 1
  }

  /** Runs an effect; what it throws becomes a problem of the dialogue, if that is still the same, and is thrown as DeskError. */
  async effect<T>(
    run: (ifCurrent: IfCurrent) => Promise<T>,
    isInOutbox: () => boolean = () => false,
  ): Promise<T> {
    const turn = this.#turn
    const ifCurrent = (): void => {
      if (this.#turn !== turn) throw outOfOrder("the dialogue went on without this step")
    }
    try {
      return await run(ifCurrent)
    } catch (cause) {
      ifCurrent()
      const problem = deskProblemOf(cause)
      this.dispatch({ is: "failed", problem, inOutbox: isInOutbox() })
      throw new DeskError(problem, { cause })
    }
  }
}

function isOneOf<Is extends ConsultState["is"]>(
  state: ConsultState,
  wanted: readonly Is[],
): state is StateOf<Is> {
  return wanted.some((is) => is === state.is)
}

export function outOfOrder(detail: string): DeskError {
  return new DeskError(ownProblem("OUT_OF_ORDER", detail))
}

/** Runs what is no part of the dialogue; what it throws is thrown as DeskError. */
export async function asDeskError<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    if (cause instanceof DeskError) throw cause
    throw new DeskError(deskProblemOf(cause), { cause })
  }
}
