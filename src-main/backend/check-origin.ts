import type { Environment } from "../../src-protocol/uzi/environments.ts"

const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"])

/**
 * The origin of the backend as a login is bound to it: scheme, host and port of what was configured. Throws RangeError
 * for what is no such address, and for plain HTTP but to this very computer in the test environment.
 */
export function checkOrigin(configured: string, environment: Environment): string {
  const url = URL.parse(configured)
  // What is more than an origin (a path, a password, a query) shows in the full address.
  if (url?.href !== `${url?.origin ?? ""}/`) {
    throw new RangeError(
      "the backend's address is scheme, host and port alone, as in https://backend.example",
    )
  }
  const isPlainTest = url.protocol === "http:" && LOOPBACK.has(url.hostname) && environment.name === "test"
  if (url.protocol !== "https:" && !isPlainTest) {
    throw new RangeError("the backend is reached by https: alone; http: is for tests on this computer only")
  }
  return url.origin
}
