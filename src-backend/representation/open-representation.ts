import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import { ConfigError } from "../config-error.ts"
import type { AuthenticationService } from "./authentication/authentication-service.ts"
import { createMockAuthentication, type TestPerson } from "./authentication/mock-authentication.ts"
import { createFlowMemory } from "./memory-adapter.ts"
import type { Representation, RepresentationParts } from "./representation.ts"
import type { RepresentationConfig } from "./representation-config.ts"
import { openRepresentationStore, type RepresentationStore } from "./store/representation-store.ts"
import { createTransactions } from "./transactions.ts"

const TAG_KEY_BYTES = 32
const TAG_KEY = "representative-tag-key"

/** Opens the server's store in `directory` and makes its parts. It serves nothing yet. Throws ConfigError, StoreError. */
export async function openRepresentation(
  directory: string,
  config: RepresentationConfig,
  parts: RepresentationParts,
): Promise<Representation> {
  const { crypto, clock, log } = parts
  const store = await openRepresentationStore(directory)
  try {
    const register = parts.register ?? {
      find: (subscriberNumber, subject) =>
        store.transaction(({ dossiers }) => dossiers.find(subscriberNumber, subject)),
    }
    return {
      ...{ crypto, clock, log, config, store, register },
      authentication: parts.authentication ?? mockFor(config, store, parts),
      transactions: createTransactions(crypto, clock, config.settings.transactionMilliseconds),
      memory: createFlowMemory(clock),
      tagKey: await openTagKey(store, crypto),
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

function mockFor(
  config: RepresentationConfig,
  store: RepresentationStore,
  { crypto, clock }: RepresentationParts,
): AuthenticationService {
  if (!config.isTest)
    throw new ConfigError(
      "isTest",
      "outside tests a module for the real DigiD is needed, and there is none yet",
    )
  return createMockAuthentication(crypto, clock, () => testPeople(config, store))
}

/** Everybody who is in a dossier, and whom each one may represent. */
async function testPeople(
  { providers }: RepresentationConfig,
  store: RepresentationStore,
): Promise<readonly TestPerson[]> {
  const represents = new Map<string, Set<string>>()
  const personOf = (subject: string) => {
    const known = represents.get(subject) ?? new Set<string>()
    represents.set(subject, known)
    return known
  }
  for (const { subscriberNumber } of providers) {
    const dossiers = await store.transaction((records) => records.dossiers.list(subscriberNumber))
    for (const { subject, representatives } of dossiers) {
      personOf(subject)
      for (const representative of representatives) personOf(representative).add(subject)
    }
  }
  return [...represents]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([subject, others]) => ({ subject, represents: [...others] }))
}

async function openTagKey(
  store: RepresentationStore,
  crypto: Pick<CryptoPort, "randomBytes">,
): Promise<Uint8Array> {
  return store.transaction(async ({ settings }) => {
    const known = await settings.find(TAG_KEY)
    if (known !== undefined) return known
    const drawn = crypto.randomBytes(TAG_KEY_BYTES)
    await settings.save(TAG_KEY, drawn)
    return drawn
  })
}
