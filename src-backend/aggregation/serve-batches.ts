import { hexOf } from "../../src-protocol/bytes.ts"
import { SECOND } from "../../src-protocol/instant.ts"
import type { Backend } from "../backend.ts"
import { cacheableAnswer } from "../http/entity-tag.ts"
import { ProblemError } from "../http/problem-error.ts"
import type { Answer, Call } from "../http/serve-route.ts"
import { slotOf } from "./aggregate.ts"

/** Which batches there are; caches may keep the answer until the next cycle begins. */
export async function listBatches(backend: Backend, call: Call<undefined>): Promise<Answer> {
  const [first, last] = await backend.store.transaction(
    async ({ batches }) => [await batches.first(), (await batches.last())?.cycle] as const,
  )
  const { cycleMilliseconds } = backend.config.settings
  const now = backend.clock()
  const untilNext = (slotOf(backend, now) + 1) * cycleMilliseconds - now
  const body = {
    ...(first === undefined ? {} : { first }),
    ...(last === undefined ? {} : { last }),
    cycleSeconds: Math.max(1, Math.ceil(cycleMilliseconds / SECOND)),
  }
  const maxAge = Math.floor(untilNext / SECOND)
  return cacheableAnswer(call, `${first ?? ""}-${last ?? ""}`, `public, max-age=${maxAge}`, body)
}

const A_YEAR_AND_FOR_EVER = "public, max-age=31536000, immutable"

/** One batch: signed, so that it can come from any cache. */
export async function serveBatch(backend: Backend, call: Call<undefined>): Promise<Answer> {
  const cycle = call.parameters["cycle"] ?? ""
  if (!/^(0|[1-9][0-9]{0,14})$/.test(cycle)) throw new ProblemError("not-found")
  const batch = await backend.store.transaction(({ batches }) => batches.find(Number(cycle)))
  if (batch === undefined) throw new ProblemError("not-found")
  const tag = hexOf(await backend.crypto.digest("sha-256", batch.content))
  return cacheableAnswer(call, tag, A_YEAR_AND_FOR_EVER, batch.content)
}
