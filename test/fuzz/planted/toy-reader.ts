/**
 * A reader with faults on purpose, by which the fuzzer shows that it finds such: each lies behind several conditions that
 * are met one after the other or not at all. No part of the product.
 */
export function readToy(bytes: Uint8Array): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = bytes
  if (a !== 0x56) return "no magic"
  if (b !== (a ^ 0x5f)) return "half a magic"
  if (c + b * 3 !== 200) return "no version"
  if (((d << 2) & 0xff) + c !== 205) return "no length"
  if (e === ((a + b + c + d) & 0xff)) throw new RangeError("the planted fault")
  return "read"
}

/** Needs quadratic time behind two conditions. */
export function readSlowly(bytes: Uint8Array): number {
  if (bytes[0] !== 0x2a || bytes[1] !== 0x51) return 0
  let sum = 0
  for (let i = 0; i < 5_000; i++) for (let j = 0; j < 5_000; j++) sum = (sum + i * j) & 0xffff
  return sum
}

/** Never ends behind two conditions. */
export function readForEver(bytes: Uint8Array): number {
  let at = 0
  while (bytes[0] === 0x2a && bytes[1] === 0x51) at = (at + 1) & 0xff
  return at
}
