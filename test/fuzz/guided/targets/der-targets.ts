import { readCertificate } from "../../../../src-protocol/certificate.ts"
import { readCrl } from "../../../../src-protocol/crl.ts"
import * as values from "../../../../src-protocol/der-values.ts"
import { ProtocolError } from "../../../../src-protocol/errors.ts"
import { EXTENSION } from "../../../../src-protocol/extensions.ts"
import { childrenOf, readDer, TAG, type DerNode } from "../../../../src-protocol/read-der.ts"
import { readSignedData } from "../../../../src-protocol/read-signed-data.ts"
import { readSignedAttributes } from "../../../../src-protocol/signed-attributes.ts"
import { readUziName } from "../../../../src-protocol/uzi/read-uzi-extension.ts"
import type { Target } from "../target.ts"
import { isProtocolError, type FuzzWorld } from "./fuzz-world.ts"

/** Readers of DER that judge nothing yet. */
export function derTargets(world: FuzzWorld): readonly Target[] {
  const [bearer = new Uint8Array()] = world.certificates
  const certificate = readCertificate(bearer)
  const name = certificate.extensions.find(({ oid }) => oid === EXTENSION.subjectAltName)
  const otherExtensions = certificate.extensions.filter(({ oid }) => oid !== EXTENSION.subjectAltName)
  return [
    target("der", [...world.certificates, ...world.messages], (input) => {
      walk(readDer(input), 0)
    }),
    target("cms", world.messages, (input) => readSignedAttributes(readSignedData(input).signedAttributes)),
    target("certificate", [...world.certificates, ...world.pki.intermediates], (input) =>
      readUziName(readCertificate(input)),
    ),
    target("crl", world.crls, (input) => readCrl(input)),
    target("san", [name?.value ?? new Uint8Array()], (value) =>
      readUziName({
        ...certificate,
        extensions: [...otherExtensions, { oid: EXTENSION.subjectAltName, critical: false, value }],
      }),
    ),
  ]
}

type ReadValue = (node: DerNode) => unknown

const NUMBERS: readonly ReadValue[] = [
  (node) => values.serialHex(node, "it"),
  (node) => values.naturalNumber(node, "it"),
  (node) => values.smallNumber(node, "it"),
]
const BITS: readonly ReadValue[] = [
  (node) => values.wholeBitString(node, "it"),
  (node) => values.namedBits(node, "it"),
]
const TIMES: readonly ReadValue[] = [(node) => values.timeValue(node, "it")]
const READERS: ReadonlyMap<number, readonly ReadValue[]> = new Map([
  [TAG.boolean, [(node: DerNode) => values.booleanValue(node, "it")]],
  [TAG.integer, NUMBERS],
  [TAG.enumerated, [(node: DerNode) => values.smallNumber(node, "it", TAG.enumerated)]],
  [TAG.bitString, BITS],
  [TAG.oid, [(node: DerNode) => values.oidText(node, "it")]],
  [TAG.utcTime, TIMES],
  [TAG.generalizedTime, TIMES],
])
const OTHERS: readonly ReadValue[] = [(node) => values.stringValue(node, "it")]
const DEEPEST = 16

/** Goes down to every element, and asks each for the values that it may have. */
function walk(node: DerNode, depth: number): void {
  for (const read of READERS.get(node.tag) ?? OTHERS) valueOrRefusal(() => read(node))
  if (depth < DEEPEST && (node.tag & 0x20) !== 0)
    for (const child of childrenOf(node, "it", 64, node.tag)) walk(child, depth + 1)
}

function valueOrRefusal(read: () => unknown): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
  }
}

function target(name: string, seeds: readonly Uint8Array[], read: Target["read"]): Target {
  return { name, seeds, shape: "der", vocabulary: ["src-protocol/"], read, refuses: isProtocolError }
}
