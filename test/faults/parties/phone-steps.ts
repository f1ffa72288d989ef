import { z } from "zod"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { createPhone, type Phone } from "../../../src-phone/phone.ts"
import type { PhoneView } from "../../../src-phone/phone-view.ts"
import { fileStorage } from "../../../src-phone/state/file-storage.ts"
import { openPki } from "../../../src-testkit/pki/test-pki.ts"

/** Of which parts a phone in these tests is made. */
export const PhoneParty = z.strictObject({
  state: z.string(),
  backend: z.string(),
  pki: z.string(),
  timeoutMilliseconds: z.int(),
})
export type PhoneParty = z.infer<typeof PhoneParty>

/** A phone as a patient uses it: a step that is over already is only shown. */
export async function phoneOf(
  party: PhoneParty,
  clock: () => number,
): Promise<Readonly<Record<string, () => Promise<PhoneView>>>> {
  const { state, backend, timeoutMilliseconds } = party
  const { trust } = await openPki(party.pki)
  const settings = {
    longPollSeconds: 0,
    pauseMilliseconds: 5,
    publicationWaitSeconds: 0,
    timeoutMilliseconds,
  }
  const storage = fileStorage(state)
  const phone = createPhone({ storage, backend, trust, crypto: nodeCrypto, clock, language: "en", settings })
  return {
    register: () =>
      stepUnless(phone, ["nothing", "registering", "expired", "withdrawn"], () => phone.register()),
    wait: () => phone.wait(),
    publish: () => phone.publish(),
    withdraw: () => phone.withdraw(),
    show: () => phone.show(),
  }
}

async function stepUnless(
  phone: Phone,
  from: readonly PhoneView["step"][],
  step: () => Promise<PhoneView>,
): Promise<PhoneView> {
  const view = await phone.show()
  return from.includes(view.step) ? await step() : view
}
