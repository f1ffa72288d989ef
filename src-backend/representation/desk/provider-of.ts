import type { Backend } from "../../backend.ts"
import { ProblemError } from "../../http/problem-error.ts"
import type { Representation } from "../representation.ts"

/** The authorization server, where it serves the provider with this subscriber number; else throws `not-found`. */
export function providerOf({ representation }: Backend, subscriberNumber: string): Representation {
  const served = representation?.config.providers.some((known) => known.subscriberNumber === subscriberNumber)
  if (representation === undefined || served !== true) throw new ProblemError("not-found")
  return representation
}
