import { BatchesAnswer, ROUTES, routePath } from "../../src-protocol/api.ts"
import { MINUTE, SECOND, type Instant } from "../../src-protocol/instant.ts"
import { right, wrong, type Finding } from "./finding.ts"

const TIMEOUT = 10 * SECOND
const TOLERATED = 2 * MINUTE

/** Whether a backend answers there, and how its clock and ours differ. */
export async function examineBackend(origin: string, clock: () => Instant): Promise<readonly Finding[]> {
  try {
    const answer = await fetch(origin + routePath(ROUTES.batches), {
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT),
    })
    const batches = BatchesAnswer.safeParse(await answer.json())
    if (!answer.ok || !batches.success) return [stranger(origin)]
    const { cycleSeconds, last } = batches.data
    const published = last === undefined ? "none published yet" : `the last one is ${String(last)}`
    const found = right(
      "backend",
      `${origin} answers; a batch each ${String(cycleSeconds)} seconds, ${published}`,
    )
    return [found, examineClock(answer.headers.get("date"), clock())]
  } catch {
    return [unreachable(origin)]
  }
}

function stranger(origin: string): Finding {
  return wrong("backend", `what answers at ${origin} is no backend of ours`, "check scheme, host and port")
}

function unreachable(origin: string): Finding {
  return wrong(
    "backend",
    `${origin} does not answer`,
    "check the address and the network, and whether it is running",
  )
}

function examineClock(date: string | null, now: Instant): Finding {
  const difference = date === null ? Number.NaN : Date.parse(date) - now
  if (Number.isNaN(difference))
    return wrong("clock", "the backend does not tell its time", "ask its operator")
  const seconds = Math.round(Math.abs(difference) / SECOND)
  if (Math.abs(difference) <= TOLERATED)
    return right("clock", `within ${String(seconds)} seconds of the backend's`)
  const direction = difference > 0 ? "behind" : "ahead of"
  return wrong(
    "clock",
    `${String(seconds)} seconds ${direction} the backend's`,
    "have this computer's clock set by the network",
  )
}
