import { forbidPublication } from "../authorisations/forbid-publication.ts"
import type { Backend } from "../backend.ts"
import type { Answer, Call } from "../http/serve-route.ts"
import { ended } from "./life.ts"
import { disclosureOfPhone, readPickupProof } from "./pickup-key.ts"

/** The patient takes it back: hash and package go, and the package can no longer be published. */
export async function withdrawDisclosure(backend: Backend, call: Call<undefined>): Promise<Answer> {
  await backend.addressBudgets.call(call.address)
  const proof = await readPickupProof(backend, call)
  const now = backend.clock()
  const id = await backend.store.transaction(async (records) => {
    const disclosure = await disclosureOfPhone(backend, records, proof, now)
    await forbidPublication(backend, records, disclosure)
    await records.disclosures.save(ended(disclosure, { state: "withdrawn" }, now, backend.config.settings))
    return disclosure.id
  })
  backend.changes.announce(id)
  await backend.store.forgetDeleted()
  return { status: 200, body: { state: "withdrawn" } }
}
