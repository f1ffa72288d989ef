import type { TestPki } from "../../../../src-testkit/pki/test-pki.ts"
import type { Target } from "../target.ts"
import { derTargets } from "./der-targets.ts"
import { eventsTarget } from "./events-target.ts"
import { fuzzWorld } from "./fuzz-world.ts"
import { httpTargets } from "./http-targets.ts"
import { jsonTargets } from "./json-targets.ts"
import { judgedTargets } from "./judged-targets.ts"
import { textTargets } from "./text-targets.ts"

/** Every reader of the product that gets bytes from elsewhere. */
export async function allTargets(pki: TestPki): Promise<readonly Target[]> {
  const world = await fuzzWorld(pki)
  return [
    ...(await textTargets(world)),
    ...derTargets(world),
    ...judgedTargets(world),
    ...(await jsonTargets(world)),
    eventsTarget(),
    ...(await httpTargets(world)),
  ]
}
