import { base64UrlOf } from "../../src-protocol/bytes.ts"
import { SECOND } from "../../src-protocol/instant.ts"
import type { Backend } from "../backend.ts"
import type { LiveDisclosure } from "../disclosures/disclosure.ts"
import { disclosureOfPhone, readPickupProof, type PickupProof } from "../disclosures/pickup-key.ts"
import { ProblemError } from "../http/problem-error.ts"
import type { Answer, Call } from "../http/serve-route.ts"
import { checkWaiters, waitForChange } from "./wait-for-change.ts"

/**
 * The phone picks its package up, or waits for it up to `wait` seconds; 204 while there is none. After its receipt there
 * is nothing to pick up any more: `not-found`, as for a stranger.
 */
export async function pickUpAuthorisation(backend: Backend, call: Call<undefined>): Promise<Answer> {
  await backend.addressBudgets.call(call.address)
  const proof = await readPickupProof(backend, call)
  const milliseconds = waitOf(backend, call.query["wait"]) * SECOND
  const { id } = await look(backend, proof)
  if (milliseconds > 0) checkWaiters(backend, id)
  const authorisation = await waitForChange(backend, id, { milliseconds, gone: call.signal }, async () => {
    const disclosure = await look(backend, proof)
    return disclosure.state === "registered" ? undefined : packageOf(disclosure)
  })
  return authorisation === undefined
    ? { status: 204 }
    : { status: 200, body: { authorisation: base64UrlOf(authorisation) } }
}

function waitOf(backend: Backend, wait: string | undefined): number {
  if (wait === undefined || !/^[0-9]{1,3}$/.test(wait)) return 0
  return Math.min(Number(wait), backend.config.settings.longestWaitSeconds)
}

function look(backend: Backend, proof: PickupProof): Promise<LiveDisclosure> {
  return backend.store.transaction((records) => disclosureOfPhone(backend, records, proof, backend.clock()))
}

function packageOf({ authorisation }: LiveDisclosure): Uint8Array {
  if (authorisation?.package === undefined) throw new ProblemError("not-found")
  return authorisation.package
}
