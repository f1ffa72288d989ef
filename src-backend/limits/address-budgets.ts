import { asciiBytes, hexOf } from "../../src-protocol/bytes.ts"
import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import { dayOf, HOUR, MINUTE, type Instant } from "../../src-protocol/instant.ts"
import { ProblemError } from "../http/problem-error.ts"
import type { Settings } from "../settings.ts"
import { networksOf } from "./address-networks.ts"
import { createBudget, type Budget } from "./budget.ts"

/** What one address may ask for. Both throw `too-many-requests`. */
export interface AddressBudgets {
  registration(address: string): Promise<void>
  call(address: string): Promise<void>
}

const DAILY_KEY_BYTES = 32

/**
 * Budgets per address, in memory alone, under keyed hashes whose key is drawn anew each day: nobody, not the operator
 * with a memory image of tomorrow either, can tell which addresses there were.
 */
export function createAddressBudgets(
  crypto: CryptoPort,
  clock: () => Instant,
  settings: Settings,
): AddressBudgets {
  const hashOf = dailyKeyedHash(crypto, clock)
  const ipv4 = createBudget(settings.registrationsPerIpv4PerHour, HOUR, clock)
  const network64 = createBudget(settings.registrationsPerIpv6Network64PerHour, HOUR, clock)
  const network48 = createBudget(settings.registrationsPerIpv6Network48PerHour, HOUR, clock)
  const calls = createBudget(settings.callsPerAddressPerMinute, MINUTE, clock)
  const takeFrom = async (budget: Budget, network: string) => {
    const spent = budget.take(await hashOf(network))
    if (spent === undefined) return
    throw new ProblemError("too-many-requests", { retryAfterSeconds: spent.retryAfterSeconds })
  }
  return {
    async registration(address) {
      const networks = networksOf(address)
      if (networks.is === "ipv4") return takeFrom(ipv4, networks.address)
      await takeFrom(network48, networks.network48)
      return takeFrom(network64, networks.network64)
    },
    call(address) {
      const networks = networksOf(address)
      return takeFrom(calls, networks.is === "ipv4" ? networks.address : networks.network64)
    },
  }
}

function dailyKeyedHash(crypto: CryptoPort, clock: () => Instant): (network: string) => Promise<string> {
  let day = -1
  let key: Uint8Array = new Uint8Array()
  return async (network) => {
    if (dayOf(clock()) !== day) {
      day = dayOf(clock())
      key = crypto.randomBytes(DAILY_KEY_BYTES)
    }
    return hexOf(await crypto.hmacSha256(key, asciiBytes(network)))
  }
}
