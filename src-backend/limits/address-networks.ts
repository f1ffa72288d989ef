import { isIPv4, isIPv6 } from "node:net"

/** What an address is counted as. */
export type AddressNetworks =
  | { readonly is: "ipv4"; readonly address: string }
  | { readonly is: "ipv6"; readonly network64: string; readonly network48: string }

const GROUPS = 8

/**
 * The networks of an address: one subscriber has a whole IPv6 /64 and often a /48. An IPv4 address within IPv6
 * (RFC 4291 section 2.5.5.2) is that IPv4 address. What is no address at all is counted as one stranger.
 */
export function networksOf(address: string): AddressNetworks {
  const text = address.split("%")[0] ?? ""
  if (isIPv4(text)) return { is: "ipv4", address: text }
  if (!isIPv6(text)) return { is: "ipv4", address: "0.0.0.0" }
  const groups = groupsOf(text)
  const mapped = mappedIpv4(groups)
  if (mapped !== undefined) return { is: "ipv4", address: mapped }
  return { is: "ipv6", network64: groups.slice(0, 4).join(":"), network48: groups.slice(0, 3).join(":") }
}

/** The eight groups of an IPv6 address, each without leading zeros. */
function groupsOf(address: string): readonly string[] {
  // URL brings every spelling into the one of RFC 5952, embedded IPv4 too.
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const [before = "", after] = canonical.split("::")
  const head = before === "" ? [] : before.split(":")
  const tail = after === undefined || after === "" ? [] : after.split(":")
  return [...head, ...Array.from({ length: GROUPS - head.length - tail.length }, () => "0"), ...tail]
}

function mappedIpv4(groups: readonly string[]): string | undefined {
  const [high, low] = groups.slice(6).map((group) => Number.parseInt(group, 16))
  const isMapped = groups.slice(0, 5).every((group) => group === "0") && groups[5] === "ffff"
  if (!isMapped || high === undefined || low === undefined) return undefined
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join(".")
}
