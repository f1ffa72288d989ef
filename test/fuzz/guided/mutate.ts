import { asciiBytes } from "../../../src-protocol/bytes.ts"
import { ProtocolError } from "../../../src-protocol/errors.ts"
import { readPemOrDer, writePem, type PemLabel } from "../../../src-protocol/pem.ts"
import { unwrapSmime, wrapSmime } from "../../../src-protocol/smime.ts"
import { MAX_INPUT_BYTES, mutateBytes, type Material } from "./mutate-bytes.ts"
import { mutateDer } from "./mutate-der.ts"
import { mutateJson } from "./mutate-json.ts"
import type { Random } from "./random.ts"

/** What the bytes of a target are, so that a change can be one to their meaning. */
export type Shape = "bytes" | "der" | "smime" | "pem" | "json"

type Mutate = (bytes: Uint8Array, random: Random, material: Material) => Uint8Array | undefined

const BY_SHAPE: Readonly<Record<Shape, Mutate>> = {
  bytes: () => undefined,
  der: mutateDer,
  json: mutateJson,
  smime: (bytes, random, material) => within(bytes, random, material, unwrapSmime, wrapSmime),
  pem: (bytes, random, material) => {
    const label: PemLabel = random.chance(80) ? "CERTIFICATE" : "X509 CRL"
    const read = (file: Uint8Array): Uint8Array | undefined => readPemOrDer("CERTIFICATE", file)[0]
    return within(bytes, random, material, read, (der) => asciiBytes(writePem(label, der)))
  },
}

/** An input like this one, after one to some dozen changes to its bytes or to what they mean. */
export function mutate(input: Uint8Array, shape: Shape, random: Random, material: Material): Uint8Array {
  let mutated = input
  do {
    const meant = random.chance(65) ? BY_SHAPE[shape](mutated, random, material) : undefined
    mutated = meant ?? mutateBytes(mutated, random, material)
  } while (random.chance(40))
  return mutated.slice(0, MAX_INPUT_BYTES)
}

/** A change to the DER within a package or a PEM file; `undefined` where there is none within. */
function within(
  bytes: Uint8Array,
  random: Random,
  material: Material,
  unwrap: (bytes: Uint8Array) => Uint8Array | undefined,
  wrap: (der: Uint8Array) => Uint8Array,
): Uint8Array | undefined {
  try {
    const der = unwrap(bytes)
    const inside = { ...material, other: () => unwrap(material.other()) ?? new Uint8Array(0) }
    const mutated = der === undefined ? undefined : mutateDer(der, random, inside)
    return mutated === undefined ? undefined : wrap(mutated)
  } catch (error) {
    if (error instanceof ProtocolError) return undefined
    throw error
  }
}
