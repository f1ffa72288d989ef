import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { needlesOf, phoneState, textForms, wideTextForms } from "./needles.ts"
import type { Party } from "./party.ts"
import type { Moment, Owner, Place } from "./promises.ts"
import { filesIn, found, memoryOf, type Needles } from "./search.ts"

export const PIN = "q7Zk93Tb"
export const HOLDER = "Wilhelmina Naald-Hooiberg"
/** Another address of this machine, from which somebody else registers: the phone's own is everybody's. */
export const ADDRESS = "127.0.0.77"

/** Where each party has its files, below the directory of the walk. */
export const FOLDERS = { backend: "backend", phone: "phone", desk: "outbox" } as const
export const STATE_FILE = "state.json"
export const LOG_FILE = "backend.log"

export interface Parties {
  readonly backend: Party
  readonly phone: Party
  readonly desk: Party
}

/** What was found where: the data by their names, under the name of the place. */
export class Evidence {
  readonly #directory: string
  readonly #parties: Parties
  readonly #found = new Map<string, readonly string[]>()

  constructor(directory: string, parties: Parties) {
    this.#directory = directory
    this.#parties = parties
  }

  at(moment: Moment, owner: Owner, place: Place): readonly string[] | undefined {
    return this.#found.get(nameOf(moment, owner, place))
  }

  /** What there is to search for now, as the phone's own file says it. */
  needles(): Needles {
    return new Map([
      ...needlesOf(phoneState(join(this.#directory, FOLDERS.phone, STATE_FILE))),
      ["PIN", wideTextForms(PIN)],
      ["name", wideTextForms(HOLDER)],
      ["address", textForms(ADDRESS)],
    ])
  }

  searchMemory(moment: Moment, needles: Needles): void {
    const { backend, phone, desk } = this.#parties
    const [cardHost] = desk.children()
    if (cardHost === undefined) throw new RangeError("the desk has no process for its card")
    const processes = { backend: backend.pid, phone: phone.pid, desk: desk.pid, "card host": cardHost }
    for (const owner of ["backend", "phone", "desk", "card host"] as const)
      this.#keep(moment, owner, "memory", found(needles, memoryOf(processes[owner])))
  }

  async searchHeaps(moment: Moment, needles: Needles): Promise<void> {
    for (const owner of ["backend", "phone", "desk"] as const)
      this.#keep(moment, owner, "heap", found(needles, [await this.#parties[owner].heap(this.#directory)]))
  }

  async searchFiles(moment: Moment, needles: Needles): Promise<void> {
    for (const owner of ["backend", "phone", "desk"] as const)
      this.#keep(moment, owner, "files", found(needles, filesIn(join(this.#directory, FOLDERS[owner]))))
    this.#keep(moment, "backend", "log", found(needles, [await readFile(join(this.#directory, LOG_FILE))]))
  }

  #keep(moment: Moment, owner: Owner, place: Place, names: readonly string[]): void {
    this.#found.set(nameOf(moment, owner, place), names)
  }
}

function nameOf(moment: Moment, owner: Owner, place: Place): string {
  return `${moment}, ${owner}, ${place}`
}
