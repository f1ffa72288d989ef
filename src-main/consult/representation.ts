import type { Instant } from "../../src-protocol/instant.ts"
import type { RefusedAttempt } from "../../src-preload/contract.ts"
import type { BackendClient } from "../backend/backend-client.ts"
import { BackendError, type BackendProblem } from "../backend/backend-error.ts"
import { DeskError, ownProblem, type OwnProblem } from "../desk-problem.ts"
import { outOfOrder, type Dialogue } from "./dialogue.ts"

/** A step with the token of who is signed in; throws DeskError, `OUT_OF_ORDER` where nobody is. */
export type InSession = <T>(step: (sessionToken: string) => Promise<T>) => Promise<T>

/** The provider's side of representation: what was refused, the dossiers, and the clinician's own no. Nothing of it is kept. */
export class Representation {
  readonly #client: BackendClient
  readonly #dialogue: Dialogue
  readonly #inSession: InSession

  constructor(client: BackendClient, dialogue: Dialogue, inSession: InSession) {
    this.#client = client
    this.#dialogue = dialogue
    this.#inSession = inSession
  }

  /** Attempts that were refused at the clinician's own provider, the latest first; else `REPRESENTATION_ABSENT`. */
  readRefusals(): Promise<readonly RefusedAttempt[]> {
    return this.#inSession(async (token) => {
      const { refusals } = await said({ "not-found": "REPRESENTATION_ABSENT" }, () =>
        this.#client.representationRefusals(token),
      )
      return refusals.map(({ exception, refusedAt, dossier }) => ({
        ...{ exception, refusedAt: Date.parse(refusedAt) },
        ...(dossier === undefined ? {} : { dossier }),
      }))
    })
  }

  /** Corrects a birth date and answers when; else `DOSSIER_UNKNOWN` or `BIRTH_DATE_MALFORMED`. */
  correctBirthDate(dossier: string, birthDate: string): Promise<Instant> {
    return this.#inSession(async (token) => {
      const { correctedAt } = await said(
        { "not-found": "DOSSIER_UNKNOWN", "malformed-request": "BIRTH_DATE_MALFORMED" },
        () => this.#client.correctBirthDate(token, dossier, birthDate),
      )
      return Date.parse(correctedAt)
    })
  }

  /** The clinician does not sign for who is represented here: the consult ends in `REPRESENTATION_DECLINED`. */
  decline(): void {
    const { disclosure } = this.#dialogue.expect("comparing", "reviewing")
    if (!disclosure.represented) throw outOfOrder("nobody is represented here")
    const problem = ownProblem("REPRESENTATION_DECLINED", "the clinician does not sign for another")
    this.#dialogue.dispatch({ is: "declined", problem })
  }
}

/** What the backend's general problems mean here; their own words are about codes. */
async function said<T>(
  meanings: Readonly<Partial<Record<BackendProblem, OwnProblem>>>,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    const meaning = cause instanceof BackendError ? meanings[cause.code] : undefined
    if (meaning === undefined) throw cause
    throw new DeskError(ownProblem(meaning, "the backend refused it", { retriable: true }), { cause })
  }
}
