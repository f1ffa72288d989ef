/** The answers of a card in two bytes (ISO/IEC 7816-4 table 6, SP 800-73-4 part 2 table 5). */
export const STATUS = {
  ok: 0x9000,
  /** The lower byte is how many bytes GET RESPONSE will give; 0 is 256 or more. */
  moreData: 0x6100,
  /** The lowest four bits are the tries that are left. */
  wrongSecret: 0x63c0,
  wrongLength: 0x6700,
  noSecureMessaging: 0x6882,
  securityNotSatisfied: 0x6982,
  blocked: 0x6983,
  conditionsNotSatisfied: 0x6985,
  wrongData: 0x6a80,
  notFound: 0x6a82,
  wrongParameters: 0x6a86,
  keyNotFound: 0x6a88,
  unknownInstruction: 0x6d00,
  unknownClass: 0x6e00,
  unknownError: 0x6f00,
} as const

/** A status word as its two bytes. */
export function statusBytes(status: number): Uint8Array {
  return Uint8Array.of(status >> 8, status & 0xff)
}
