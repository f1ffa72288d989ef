import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import type { LogLine } from "../http/log.ts"
import type { AuthenticationService } from "./authentication/authentication-service.ts"
import type { DossierRegister } from "./dossier-register.ts"
import type { FlowMemory } from "./memory-adapter.ts"
import type { RepresentationConfig } from "./representation-config.ts"
import type { RepresentationStore } from "./store/representation-store.ts"
import type { Transactions } from "./transactions.ts"

/** What an authorization server gets from outside besides its configuration. */
export interface RepresentationParts {
  readonly crypto: CryptoPort
  readonly clock: () => Instant
  readonly log: (line: LogLine) => void
  /** Stands for DigiD; where none is given, and in the test environment alone, the mock. */
  readonly authentication?: AuthenticationService
  /** The provider's own system; where none is given, the dossiers in the store. */
  readonly register?: DossierRegister
}

/** An open authorization server: what every step of its flow is handed. */
export interface Representation {
  readonly crypto: CryptoPort
  readonly clock: () => Instant
  readonly log: (line: LogLine) => void
  readonly config: RepresentationConfig
  readonly store: RepresentationStore
  readonly register: DossierRegister
  readonly authentication: AuthenticationService
  readonly transactions: Transactions
  readonly memory: FlowMemory
  /** The key under which representatives are counted; it lives in the store alone. */
  readonly tagKey: Uint8Array
}
