import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { readBatch } from "../../src-protocol/batch.ts"
import { asciiBytes, asciiText } from "../../src-protocol/bytes.ts"
import { readCertificate } from "../../src-protocol/certificate.ts"
import { parseCode } from "../../src-protocol/code.ts"
import { readCrl } from "../../src-protocol/crl.ts"
import { SECOND } from "../../src-protocol/instant.ts"
import { judgeCertificate } from "../../src-protocol/judge-certificate.ts"
import { decodeOpaque } from "../../src-protocol/opaque.ts"
import { readPemOrDer, writePem } from "../../src-protocol/pem.ts"
import { decodeStatement } from "../../src-protocol/statement.ts"
import { decodeTrustwords } from "../../src-protocol/trustwords/codec.ts"
import { englishWords } from "../../src-protocol/trustwords/english.ts"
import { readUziName } from "../../src-protocol/uzi/read-uzi-extension.ts"
import { judgingWorld } from "../support/judging-world.ts"
import { testPki } from "../support/test-pki.ts"
import { fuzzInjured, mayRefuse } from "./fuzz.ts"

const STATEMENT = { hash: "0123456789abcdef".repeat(4), code: { reference: "012345", confirmation: "0678" } }
const world = judgingWorld(await testPki(), Math.floor(Date.now() / SECOND) * SECOND, STATEMENT)
const [certificate = new Uint8Array()] = (await world.signerOf("arts")).certificateChain
const facts = { ...(await world.facts()), maximumCrlAgeMilliseconds: 0 }
const [crl = new Uint8Array()] = facts.revocation.crls
const sample = new Uint8Array(118).fill(7)

const text = (bytes: Uint8Array): string => asciiText(bytes) ?? ""

/** Each reads good bytes that were injured: it gives a value or one of our refusals, and throws nothing else. */
const READERS: readonly (readonly [string, Uint8Array, (bytes: Uint8Array) => unknown])[] = [
  ["certificate", certificate, (bytes) => readUziName(readCertificate(bytes))],
  ["chain", certificate, (bytes) => judgeCertificate([bytes], "signature", facts)],
  ["revocation list", crl, (bytes) => readCrl(bytes)],
  [
    "PEM file",
    asciiBytes(writePem("CERTIFICATE", certificate)),
    (bytes) => readPemOrDer("CERTIFICATE", bytes),
  ],
  ["statement", world.content, (bytes) => decodeStatement(bytes)],
  ["opaque", sample.slice(0, 79), (bytes) => decodeOpaque(bytes)],
  ["code", asciiBytes("Mijn code is 123456-7890."), (bytes) => parseCode(text(bytes))],
  [
    "four trustwords",
    asciiBytes("abandon ability zoo wrong"),
    (bytes) => decodeTrustwords(nodeCrypto, text(bytes), [englishWords]),
  ],
  ["batch", sample, (bytes) => readBatch(nodeCrypto, bytes, sample)],
]

for (const [name, good, read] of READERS) {
  fuzzInjured(`an injured ${name} is read or refused`, READERS.length, good, (bytes) =>
    mayRefuse(() => read(bytes)),
  )
}
