import type { PrivateReader } from "../../../native/virtual-card/private-reader.ts"
import { openChipWorld } from "../support/chip-world.ts"
import { makeChip } from "../support/open-reader.ts"
import type { Stage } from "./scene.ts"

/** A backend, the clinician's own card and another person's. */
export async function openStage(reader: PrivateReader): Promise<Stage> {
  const [world, own, other] = await Promise.all([
    openChipWorld(),
    makeChip("arts", "Anna Eigen"),
    makeChip("huisarts", "Bea Ander"),
  ])
  return { reader, world, own, other }
}
