import { equalBytes } from "../../src-protocol/bytes.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import type { Backend } from "../backend.ts"
import { ProblemError } from "../http/problem-error.ts"
import type { Call } from "../http/serve-route.ts"
import { readBearer } from "../sessions/session.ts"
import type { Records } from "../store/store.ts"
import { currentDisclosure } from "./current-disclosure.ts"
import type { LiveDisclosure } from "./disclosure.ts"

/** Who proves that it is the phone that registered, by the key that never left it. */
export interface PickupProof {
  readonly reference: string
  readonly pickupHash: Uint8Array
}

/** The proof in a call; throws `not-found`, as for an unknown reference, where there is none. */
export async function readPickupProof(
  backend: Backend,
  call: Pick<Call<unknown>, "bearer" | "parameters">,
): Promise<PickupProof> {
  const pickupKey = readBearer(call.bearer)
  if (pickupKey === undefined) throw new ProblemError("not-found")
  const pickupHash = await backend.crypto.digest("sha-256", pickupKey)
  return { reference: call.parameters["reference"] ?? "", pickupHash }
}

/** The live disclosure of that phone; unknown, ended and another's all throw the same `not-found`. */
export async function disclosureOfPhone(
  backend: Backend,
  records: Records,
  { reference, pickupHash }: PickupProof,
  now: Instant,
): Promise<LiveDisclosure> {
  const found = await currentDisclosure(records, reference, now, backend.config.settings)
  if (found?.life !== "live" || !equalBytes(found.pickupHash, pickupHash)) throw new ProblemError("not-found")
  return found
}
