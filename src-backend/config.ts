import type { TrustProfile } from "../src-protocol/uzi/trust-profile.ts"
import { ConfigError } from "./config-error.ts"
import type { RepresentationConfig } from "./representation/representation-config.ts"
import type { RepresentationEndpoint } from "./representation/start-representation.ts"
import type { CrlSource } from "./revocation/crl-source.ts"
import type { Settings } from "./settings.ts"

export interface Endpoint {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
}

/** All that a backend needs to know to start. `load-config.ts` reads one from a file. */
export interface BackendConfig {
  /** The store and the batch key live here. */
  readonly directory: string
  readonly listen: Endpoint
  /** For /healthz, /readyz, /metrics and /openapi.json: plain HTTP, on this machine only. */
  readonly operator: Endpoint
  /** PEM. Absent: plain HTTP, which only the test profile on this machine may have. */
  readonly tls?: { readonly certificate: string; readonly key: string }
  /** What a card signs at sign-in (`https://host[:port]`). Absent, in the test profile: where the backend listens. */
  readonly origin?: string
  readonly trust: TrustProfile
  /** Sign-in has anchors of its own: an authentication certificate may come from another root than a signature. */
  readonly authenticationTrust: TrustProfile
  readonly crlSources: readonly CrlSource[]
  /** Addresses of relays whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[]
  readonly settings: Settings
  /** The authorization server for representation, on a port of its own; absent: nobody can be represented. */
  readonly representation?: RepresentationEndpoint & { readonly config: RepresentationConfig }
}

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "localhost"])

/** The rules that keep a wrong configuration from starting, a function a rule. Throws the first ConfigError. */
export function checkBackendConfig(config: BackendConfig): void {
  checkTls(config)
  checkOrigin(config)
  checkEnvironments(config)
  checkOperator(config)
  checkRepresentation(config)
}

function checkTls({ tls, listen, trust }: BackendConfig): void {
  if (tls !== undefined) return
  if (trust.environment.name !== "test")
    throw new ConfigError("tls", "the production profile is never served without TLS")
  if (LOOPBACK.has(listen.host)) return
  throw new ConfigError("tls", `without TLS the backend listens on 127.0.0.1 only, not on ${listen.host}`)
}

function checkOrigin({ origin, trust }: BackendConfig): void {
  if (origin === undefined) {
    if (trust.environment.name === "test") return
    throw new ConfigError(
      "origin",
      "the production profile needs the origin that cards sign, such as https://example.nl",
    )
  }
  const url = URL.canParse(origin) ? new URL(origin) : undefined
  if (url?.origin !== origin)
    throw new ConfigError("origin", "write scheme, host and port only, such as https://example.nl")
  if (url.protocol === "https:") return
  if (trust.environment.name !== "test")
    throw new ConfigError("origin", "the production profile has an https origin only")
  if (!LOOPBACK.has(url.hostname)) throw new ConfigError("origin", "an http origin is for 127.0.0.1 only")
}

function checkEnvironments({ trust, authenticationTrust }: BackendConfig): void {
  if (trust.environment.name === authenticationTrust.environment.name) return
  throw new ConfigError(
    "authenticationTrust",
    `is ${authenticationTrust.environment.name}, trust is ${trust.environment.name}`,
  )
}

function checkOperator({ operator }: BackendConfig): void {
  if (LOOPBACK.has(operator.host)) return
  throw new ConfigError(
    "operator.host",
    `the operator's calls have no credential: 127.0.0.1 only, not ${operator.host}`,
  )
}

function checkRepresentation({ representation, trust }: BackendConfig): void {
  if (representation?.config.isTest !== true || trust.environment.name === "test") return
  throw new ConfigError("representation", "a mock of DigiD is for the test profile only")
}
