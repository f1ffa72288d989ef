import type { TrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import { PhoneError } from "../phone-error.ts"

const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"])

/**
 * The origin of `backend`: https, or, with the trust profile of the test environment alone, plain HTTP on loopback.
 * Throws PhoneError `insecure-backend`.
 */
export function checkBackendOrigin(backend: string, trust: TrustProfile): string {
  if (!URL.canParse(backend)) throw new PhoneError("insecure-backend", `${backend} is not an address`)
  const url = new URL(backend)
  const isTest = trust.environment.name === "test"
  const isPlainTest = url.protocol === "http:" && isTest && LOOPBACK.has(url.hostname)
  if (url.protocol !== "https:" && !isPlainTest) {
    throw new PhoneError(
      "insecure-backend",
      `${url.origin} is neither https nor a test backend on this machine`,
    )
  }
  if (
    url.pathname !== "/" ||
    url.search !== "" ||
    url.hash !== "" ||
    url.username !== "" ||
    url.password !== ""
  ) {
    throw new PhoneError("insecure-backend", "the backend is an origin: scheme, host and port, nothing more")
  }
  return url.origin
}
