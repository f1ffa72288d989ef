import { readdir } from "node:fs/promises"
import { basename, dirname } from "node:path"
import { expect } from "vitest"
import type { BatchEntry } from "../../../src-protocol/batch.ts"
import { readPhoneState } from "./records.ts"
import type { Scene } from "./scene.ts"

/** What was told to be done, and therefore must be there whatever dies. */
export interface Acknowledged {
  readonly registered: boolean
  readonly accepted: boolean
}

/** Holds whenever a process is killed: no half-written file, nothing acknowledged lost, nothing out twice or unaccepted. */
export async function checkAtAnyMoment(
  scene: Scene,
  seed: BatchEntry | undefined,
  acknowledged: Acknowledged,
): Promise<void> {
  // Throws where the file is half.
  const state = await readPhoneState(scene.phoneFile)
  if (!acknowledged.registered) return
  const { disclosures, used, accepted, queued, published } = await scene.records(seed)
  expect(disclosures, "what was registered is there").toBeGreaterThan(0)
  expect(accepted, "what was accepted is there, once").toBeLessThanOrEqual(1)
  if (acknowledged.accepted) expect(accepted, "what was accepted is there").toBe(1)
  expect(used, "nothing is used that was not accepted").toBeLessThanOrEqual(accepted)
  expect(queued + published, "a seed goes out as often as its package was used up").toBe(used)
  if (state?.disclosure?.step === "done") expect(used, "seeds are destroyed when they have arrived").toBe(1)
}

/** Whatever else was begun and ended on the way: one package was accepted, used up, and its seed went out, once. */
export async function checkPublishedOnce(scene: Scene, seed: BatchEntry | undefined): Promise<void> {
  const once = { accepted: 1, used: 1, authorised: 1, queued: 0, published: 1 }
  expect(await scene.records(seed)).toMatchObject(once)
  expect(await readdir(scene.outbox), "the outbox is empty").toEqual([])
  await checkSignatures(scene)
}

/** All went out, each thing once, and nothing is left lying about. */
export async function checkComplete(scene: Scene, seed: BatchEntry | undefined): Promise<void> {
  expect(await scene.records(seed)).toEqual({
    ...{ disclosures: 1, accepted: 1, used: 1 },
    ...{ authorised: 1, queued: 0, published: 1 },
  })
  expect(await readdir(scene.outbox), "the outbox is empty").toEqual([])
  const beside = (await readdir(dirname(scene.phoneFile))).filter((name) =>
    name.startsWith(`${basename(scene.phoneFile)}.`),
  )
  expect(beside, "the phone's directory has its state alone").toEqual([])
  await checkSignatures(scene)
}

/** In a process the second of its kind has a number, and one that is started again counts anew. */
async function checkSignatures(scene: Scene): Promise<void> {
  const pins = (await scene.log("desk")).filter((point) => point.startsWith("sign: before give the PIN"))
  const signatures = (await scene.log("card host")).filter((point) =>
    /^sign by signature key: after C_Sign( #[0-9]+)?$/.test(point),
  )
  expect(signatures.length, "signed at most as often as the PIN was given").toBeLessThanOrEqual(pins.length)
}
