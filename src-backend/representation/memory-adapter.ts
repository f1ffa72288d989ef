import type { Adapter, AdapterPayload } from "oidc-provider"
import { SECOND, type Instant } from "../../src-protocol/instant.ts"
import { createExpiringMap, type ExpiringMap } from "./expiring-map.ts"

/** Where oidc-provider keeps codes, tokens and interactions: in memory, so that a flow leaves no row behind. */
export interface FlowMemory {
  adapterFor(model: string): Adapter
  /** Takes an access token out of the memory: only one of several callers gets it. */
  takeAccessToken(token: string): AdapterPayload | undefined
  sweep(): void
}

const ACCESS_TOKEN = "AccessToken"

export function createFlowMemory(clock: () => Instant): FlowMemory {
  const models = new Map<string, ExpiringMap<AdapterPayload>>()
  const modelOf = (model: string) => {
    const known = models.get(model) ?? createExpiringMap<AdapterPayload>(clock)
    models.set(model, known)
    return known
  }
  const grants = createExpiringMap<readonly (readonly [model: string, id: string])[]>(clock)
  return {
    adapterFor: (model) => adapterOf(model, { entries: modelOf(model), modelOf, grants, clock }),
    takeAccessToken: (token) => modelOf(ACCESS_TOKEN).take(token),
    sweep: () => {
      for (const entries of [...models.values(), grants]) entries.sweep()
    },
  }
}

interface AdapterParts {
  readonly entries: ExpiringMap<AdapterPayload>
  readonly modelOf: (model: string) => ExpiringMap<AdapterPayload>
  /** What was given out under each grant: a code that comes twice takes it all back (RFC 6749 section 4.1.2). */
  readonly grants: ExpiringMap<readonly (readonly [model: string, id: string])[]>
  readonly clock: () => Instant
}

function adapterOf(model: string, { entries, modelOf, grants, clock }: AdapterParts): Adapter {
  const unused = () => Promise.resolve(undefined)
  return {
    upsert(id, payload, expiresIn = 0) {
      const expiresAt = clock() + expiresIn * SECOND
      entries.set(id, payload, expiresAt)
      const { grantId } = payload
      if (grantId !== undefined) grants.set(grantId, [...(grants.get(grantId) ?? []), [model, id]], expiresAt)
      return unused()
    },
    find: (id) => Promise.resolve(entries.get(id)),
    consume(id) {
      const payload = entries.get(id)
      if (payload !== undefined) payload.consumed = Math.floor(clock() / SECOND)
      return unused()
    },
    destroy(id) {
      entries.take(id)
      return unused()
    },
    revokeByGrantId(grantId) {
      for (const [given, id] of grants.take(grantId) ?? []) modelOf(given).take(id)
      return unused()
    },
    // There are neither sessions to find again nor devices.
    findByUid: unused,
    findByUserCode: unused,
  }
}
