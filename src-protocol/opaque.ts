import { asciiBytes, asciiText, concatBytes, hexOf } from "./bytes.ts"
import { codeDigits, type Code } from "./code.ts"
import type { CryptoPort } from "./crypto-port.ts"
import { ProtocolError } from "./errors.ts"

/** The data to disclose: what the phone keeps to itself until it publishes, and of which only the hash is signed. */
export interface Opaque {
  /** 32 random bytes: they hide day, key and code from everyone who sees the hash. */
  readonly salt: Uint8Array
  readonly code: Code
  /** The first contagious day, in days since 1970-01-01 UTC. */
  readonly day: number
  /** The DP-3T key of that day, 32 bytes; all later ones follow from it, see `day-keys.ts`. */
  readonly dayKey: Uint8Array
}

const VERSION = 0x01
const SALT_AT = 1
const CODE_AT = SALT_AT + 32
const DAY_AT = CODE_AT + 10
const DAY_KEY_AT = DAY_AT + 4
export const OPAQUE_BYTES = DAY_KEY_AT + 32
const MAX_DAY = 2 ** 32 - 1

/** `version ‖ salt ‖ code ‖ day ‖ SK`; throws `malformed-opaque` where a part is not what it must be. */
export function encodeOpaque(opaque: Opaque): Uint8Array {
  const { salt, code, day, dayKey } = opaque
  if (salt.length !== 32 || dayKey.length !== 32) throw malformed("salt and day key have 32 bytes each")
  if (!Number.isInteger(day) || day < 0 || day > MAX_DAY)
    throw malformed(`day ${day} does not fit in 32 bits`)
  const digits = asciiBytes(checkedDigits(code))
  const dayBytes = new Uint8Array(4)
  new DataView(dayBytes.buffer).setUint32(0, day)
  return concatBytes(Uint8Array.of(VERSION), salt, digits, dayBytes, dayKey)
}

function checkedDigits(code: Code): string {
  try {
    return codeDigits(code)
  } catch (cause) {
    throw new ProtocolError("malformed-opaque", "the code is not ten digits", { cause })
  }
}

/** The parts of exactly 79 bytes, as copies; throws `malformed-opaque`. Whether the day is plausible is not asked here. */
export function decodeOpaque(bytes: Uint8Array): Opaque {
  if (bytes.length !== OPAQUE_BYTES) throw malformed(`${bytes.length} bytes instead of ${OPAQUE_BYTES}`)
  if (bytes[0] !== VERSION) throw malformed(`version ${bytes[0] ?? ""} is unknown`)
  const digits = asciiText(bytes.subarray(CODE_AT, DAY_AT)) ?? ""
  if (!/^[0-9]{10}$/.test(digits)) throw malformed("the code is not ten digits")
  return {
    salt: bytes.slice(SALT_AT, CODE_AT),
    code: { reference: digits.slice(0, 6), confirmation: digits.slice(6) },
    day: new DataView(bytes.buffer, bytes.byteOffset + DAY_AT, 4).getUint32(0),
    dayKey: bytes.slice(DAY_KEY_AT),
  }
}

/** SHA-256 over the encoded bytes, in 64 lower-case hex digits: what the phone registers and the clinician signs. */
export async function hashOpaque(crypto: Pick<CryptoPort, "digest">, bytes: Uint8Array): Promise<string> {
  return hexOf(await crypto.digest("sha-256", bytes))
}

function malformed(what: string): ProtocolError {
  return new ProtocolError("malformed-opaque", `opaque: ${what}`)
}
