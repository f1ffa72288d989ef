import type { Finding, Target } from "./target.ts"

/** More CPU time than this for one input is a hang. */
const HANG_MILLISECONDS = 100
const REPEATS = 3

/** Reads one input; answers what is wrong where the reader throws what it must not, or takes too long. */
export async function measureFault(target: Target, input: Uint8Array): Promise<Finding | undefined> {
  const before = performance.now()
  const thrown = await readOnce(target, input)
  const milliseconds = performance.now() - before
  if (thrown !== undefined) return finding(target, input, "threw", describe(thrown.error))
  if (milliseconds <= HANG_MILLISECONDS) return undefined
  const least = await leastCpuMilliseconds(target, input)
  return least > HANG_MILLISECONDS
    ? finding(target, input, "hung", "more CPU time than it may take")
    : undefined
}

async function readOnce(target: Target, input: Uint8Array): Promise<{ error: unknown } | undefined> {
  try {
    // A copy: what a reader keeps or changes must not change the corpus.
    await target.read(input.slice())
    return undefined
  } catch (error) {
    return target.refuses(error) ? undefined : { error }
  }
}

/** The least of some repetitions: a machine that is busy with others delays one, not the quickest of them. */
async function leastCpuMilliseconds(target: Target, input: Uint8Array): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < REPEATS && least > HANG_MILLISECONDS; i++) {
    const before = process.cpuUsage()
    await readOnce(target, input)
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1_000)
  }
  return least
}

/** The message without its numbers, and the place: one finding for each, however many inputs lead there. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return `something thrown that is no error: ${typeof error}`
  const place = /\n\s+at [^\n]*?((?:src-|test\/)[^\n)]*)/.exec(error.stack ?? "")?.[1] ?? "somewhere"
  return `${error.name} at ${place}: ${error.message.slice(0, 200).replace(/[0-9]+/g, "#")}`
}

function finding(target: Target, input: Uint8Array, fault: Finding["fault"], what: string): Finding {
  return { target: target.name, fault, what, base64: Buffer.from(input).toString("base64") }
}
