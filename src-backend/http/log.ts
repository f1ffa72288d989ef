import type { RepresentationLogLine } from "../representation/representation-log.ts"

/**
 * All that the backend ever logs. There is no member that could hold an address, a reference, a path, a body or a hash:
 * what cannot be said cannot leak. `route` is the name in `ROUTES`, not the path that was asked for.
 */
export type LogLine =
  | { readonly is: "started"; readonly port: number; readonly profile: string }
  | { readonly is: "stopped" }
  | { readonly is: "request"; readonly route: string; readonly status: number; readonly milliseconds: number }
  | {
      readonly is: "look-up"
      readonly uziNumber: string
      readonly subscriberNumber: string
      readonly found: boolean
    }
  | { readonly is: "sign-in"; readonly accepted: boolean; readonly reason?: string }
  | { readonly is: "refused"; readonly step: "accept" | "receipt" | "publish"; readonly reason: string }
  | { readonly is: "batch"; readonly cycle: number }
  | { readonly is: "occupancy-alarm"; readonly percent: number }
  | {
      readonly is: "limit-reached"
      readonly limit: "look-ups" | "attempts"
      readonly uziNumber: string
      readonly subscriberNumber: string
    }
  | { readonly is: "revocation-list"; readonly source: number; readonly outcome: string }
  | {
      readonly is: "fault"
      readonly where: string
      readonly error: string
      readonly stack: readonly string[]
    }
  | RepresentationLogLine

export type Log = (line: LogLine) => void

/** Writes each line as JSON, with its time, to standard output. */
export function logToStandardOutput(now: () => string): Log {
  return (line) => {
    process.stdout.write(`${JSON.stringify({ at: now(), ...line })}\n`)
  }
}

/** An error for the log: its class and where in our code it arose. Its message may quote a request, so it stays out. */
export function faultLine(where: string, error: unknown): LogLine {
  if (!(error instanceof Error)) return { is: "fault", where, error: typeof error, stack: [] }
  // The stack begins with the message, which may have lines that look like places.
  const lines = (error.stack ?? "").replace(error.message, "").split("\n")
  return { is: "fault", where, error: error.name, stack: lines.flatMap(placeIn) }
}

function placeIn(line: string): readonly string[] {
  const place = /^\s+at .*?([\w.-]+:\d+:\d+)\)?$/.exec(line)?.[1]
  return place === undefined ? [] : [place]
}
