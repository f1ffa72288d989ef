import type { CurrentSession, Desk } from "../consult/desk.ts"
import { deskProblemOf } from "../desk-problem.ts"

/** Whether people can be represented at the provider of who is signed in. Asked of the backend, once a session. */
export class RepresentationOffer {
  readonly #desk: Desk
  readonly #onChange: () => void
  #askedIn: CurrentSession | undefined
  #isThere = false

  constructor(desk: Desk, onChange: () => void) {
    this.#desk = desk
    this.#onChange = onChange
    desk.subscribe(() => {
      void this.#look()
    })
  }

  get isThere(): boolean {
    return this.#isThere && this.#desk.session === this.#askedIn
  }

  async #look(): Promise<void> {
    const { session } = this.#desk
    if (session === undefined || session === this.#askedIn) return
    this.#askedIn = session
    this.#isThere = false
    const found = await this.#ask()
    if (this.#askedIn !== session) return
    // A backend that was away is asked again when the consult goes on.
    if (found === undefined) this.#askedIn = undefined
    else this.#isThere = found
    if (found === true) this.#onChange()
  }

  async #ask(): Promise<boolean | undefined> {
    try {
      await this.#desk.representation.readRefusals()
      return true
    } catch (error) {
      return deskProblemOf(error).code === "REPRESENTATION_ABSENT" ? false : undefined
    }
  }
}
