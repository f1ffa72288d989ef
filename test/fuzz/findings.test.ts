import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { z } from "zod"
import { testPki } from "../support/test-pki.ts"
import { measureFault } from "./guided/measure-fault.ts"
import { allTargets } from "./guided/targets/all-targets.ts"
import type { Target } from "./guided/target.ts"

const DIRECTORY = join(import.meta.dirname, "../vectors/findings")
const Vector = z.strictObject({
  /** The reader, by its name among the targets. */
  target: z.string(),
  /** What was wrong when it was found. */
  comment: z.string(),
  base64: z.base64(),
})

const vectors = readdirSync(DIRECTORY)
  .filter((name) => name.endsWith(".json"))
  .map((name) => [name, Vector.parse(JSON.parse(readFileSync(join(DIRECTORY, name), "utf8")))] as const)

let targets: readonly Target[] = []

describe("what the fuzzer once found", () => {
  beforeAll(async () => {
    targets = await allTargets(await testPki())
  })
  afterAll(async () => {
    for (const target of targets) await target.close?.()
  })

  test.each(vectors)("in %s is mended", async (_, { target: name, base64 }) => {
    const target = targets.find((candidate) => candidate.name === name)
    if (target === undefined) throw new Error(`there is no target ${name}`)
    expect(await measureFault(target, new Uint8Array(Buffer.from(base64, "base64")))).toBeUndefined()
  })
})
