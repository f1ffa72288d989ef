/** What the operator may see: counts by route and status, and how full the references are. No times, no callers. */
export interface Metrics {
  countRequest(route: string, status: number): void
  /** A clinician has asked for as much as one may in an hour. */
  countLimitReached(limit: string): void
  /** Answers whether the alarm was raised just now. */
  setOccupancy(part: number, isAlarming: boolean): boolean
  setRevocation(missing: { readonly stale: number; readonly authorities: number }): void
  /** Prometheus text format 0.0.4. */
  print(): string
}

export function createMetrics(): Metrics {
  const requests = new Map<string, number>()
  const limits = new Map<string, number>()
  let occupancy = 0
  let alarm = false
  let revocation = { stale: 0, authorities: 0 }
  return {
    countRequest(route, status) {
      addOne(requests, `route="${route}",status="${status}"`)
    },
    countLimitReached(limit) {
      addOne(limits, `limit="${limit}"`)
    },
    setOccupancy(part, isAlarming) {
      const isRaised = isAlarming && !alarm
      occupancy = part
      alarm = isAlarming
      return isRaised
    },
    setRevocation(missing) {
      revocation = missing
    },
    print: () =>
      [
        ...family(
          "requests_total",
          "counter",
          "Requests answered, by route and status.",
          [...requests].sort(),
        ),
        ...family(
          "clinician_limits_reached_total",
          "counter",
          "Hours in which a clinician reached a limit: somebody may be trying out references.",
          [...limits].sort(),
        ),
        ...family("reference_occupancy_ratio", "gauge", "Part of the 1000000 references that is taken.", [
          ["", occupancy],
        ]),
        ...family("reference_occupancy_alarm", "gauge", "1 from the occupancy on at which to act.", [
          ["", Number(alarm)],
        ]),
        ...family("revocation_lists_stale", "gauge", "Authorities without a current revocation list.", [
          ["", revocation.stale],
        ]),
        "",
      ].join("\n"),
  }
}

function addOne(counts: Map<string, number>, labels: string): void {
  counts.set(labels, (counts.get(labels) ?? 0) + 1)
}

function family(
  name: string,
  type: "counter" | "gauge",
  help: string,
  samples: readonly (readonly [labels: string, value: number])[],
): readonly string[] {
  const full = `vrijgave_${name}`
  const lines = samples.map(([labels, value]) => `${full}${labels === "" ? "" : `{${labels}}`} ${value}`)
  return [`# HELP ${full} ${help}`, `# TYPE ${full} ${type}`, ...lines]
}
