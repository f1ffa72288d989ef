import { generateKeyPairSync, sign } from "node:crypto"
import { nodeCrypto } from "../../../../src-crypto/node-crypto.ts"
import { composeBatch, readBatch } from "../../../../src-protocol/batch.ts"
import { asciiBytes, concatBytes, equalBytes } from "../../../../src-protocol/bytes.ts"
import { parseCode, printCode } from "../../../../src-protocol/code.ts"
import { ecdsaFromDer, ecdsaToDer } from "../../../../src-protocol/ecdsa-signature.ts"
import { decodeOpaque, encodeOpaque } from "../../../../src-protocol/opaque.ts"
import { readPemOrDer, writePem } from "../../../../src-protocol/pem.ts"
import { unwrapSmime, wrapSmime } from "../../../../src-protocol/smime.ts"
import { decodeStatement, encodeStatement } from "../../../../src-protocol/statement.ts"
import { decodeTrustwords, encodeTrustwords } from "../../../../src-protocol/trustwords/codec.ts"
import { englishWords } from "../../../../src-protocol/trustwords/english.ts"
import { parseUziName, printUziName } from "../../../../src-protocol/uzi/uzi-name.ts"
import type { Target } from "../target.ts"
import { isProtocolError, mustHold, type FuzzWorld } from "./fuzz-world.ts"

const CODE = { reference: "012345", confirmation: "0678" }
const decoded = (input: Uint8Array): string => new TextDecoder().decode(input)

/** What is typed, written in one form, or has a fixed place for everything: what is read is written again the same. */
export async function textTargets(world: FuzzWorld): Promise<readonly Target[]> {
  const words = await encodeTrustwords(nodeCrypto, CODE, englishWords)
  const [der = new Uint8Array()] = world.certificates
  const opaque = { salt: new Uint8Array(32), code: CODE, day: 20_000, dayKey: new Uint8Array(32) }
  const canonical = (
    name: string,
    seed: Uint8Array,
    rewrite: (input: Uint8Array) => Uint8Array,
    shape: Target["shape"] = "bytes",
  ): Target =>
    target(name, [seed], shape, (input) => {
      mustHold(equalBytes(rewrite(input), input), `${name} has one form only`)
    })
  return [
    canonical("statement", world.content, (input) => encodeStatement(decodeStatement(input))),
    canonical("opaque", encodeOpaque(opaque), (input) => encodeOpaque(decodeOpaque(input))),
    target("smime", world.packages, "smime", (input) => {
      mustHold(equalBytes(wrapSmime(unwrapSmime(input)), input), "a package has one form only")
    }),
    canonical(
      "ecdsa",
      ecdsaToDer(new Uint8Array(64).fill(0x81)),
      (input) => ecdsaToDer(ecdsaFromDer(input, "P-256")),
      "der",
    ),
    target("pem", [asciiBytes(writePem("CERTIFICATE", der)), der], "pem", (input) =>
      readPemOrDer("CERTIFICATE", input),
    ),
    target(
      "uzi-name",
      [asciiBytes("2.16.528.1.1007.99.217-1-900016528-Z-90000382-01.015-01054321")],
      "bytes",
      (input) => {
        const name = parseUziName(decoded(input))
        mustHold(
          name === undefined || printUziName(name) === decoded(input),
          "a UZI name is printed as it was read",
        )
      },
    ),
    target("code", [asciiBytes("Mijn code is 123456-7890.")], "bytes", (input) => {
      const code = parseCode(decoded(input))
      mustHold(printCode(parseCode(printCode(code))) === printCode(code), "a code stays itself")
    }),
    {
      ...target("trustwords", [asciiBytes(words.join(" "))], "bytes", async (input) => {
        const found = await decodeTrustwords(nodeCrypto, decoded(input), [englishWords])
        if (found.is === "code") await encodeTrustwords(nodeCrypto, found.code, englishWords)
      }),
      vocabulary: [],
    },
    await batchTarget(),
  ]
}

/** Every body is signed before it is read: a reader that stops at the signature shows nothing of what lies behind it. */
async function batchTarget(): Promise<Target> {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519")
  const spki = new Uint8Array(publicKey.export({ type: "spki", format: "der" }))
  const signed = (body: Uint8Array): Promise<Uint8Array> =>
    Promise.resolve(new Uint8Array(sign(undefined, body, privateKey)))
  const entries = [1, 2, 3].map((day) => ({ day, dayKey: new Uint8Array(32).fill(day) }))
  const good = await composeBatch(7, entries, signed)
  return target("batch", [good.slice(0, -64)], "bytes", async (body) => {
    const file = concatBytes(body, await signed(body))
    const batch = await readBatch(nodeCrypto, file, spki)
    const again = await composeBatch(batch.cycle, batch.entries, signed)
    mustHold(equalBytes(again, file), "a batch has one form only")
  })
}

function target(
  name: string,
  seeds: readonly Uint8Array[],
  shape: Target["shape"],
  read: Target["read"],
): Target {
  return { name, seeds, shape, vocabulary: ["src-protocol/"], read, refuses: isProtocolError }
}
