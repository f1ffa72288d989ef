import { execFile } from "node:child_process"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { nodeCrypto } from "../src-crypto/node-crypto.ts"
import { writePem } from "../src-protocol/pem.ts"
import { composeAuthorisation, type Signer } from "../src-protocol/signed-data.ts"
import { encodeStatement } from "../src-protocol/statement.ts"
import { verifyAuthorisation } from "../src-protocol/verify-authorisation.ts"
import { cardIntermediates } from "../src-testkit/cards/card-certificates.ts"
import { cardProfile } from "../src-testkit/profiles.ts"
import { withCard } from "./support/bench-card.ts"
import { benchFacts, benchPki, signers, STATEMENT } from "./support/bench-pki.ts"
import { openToken } from "./support/open-token.ts"
import { cacheFolder } from "./support/paths.ts"
import { microseconds, remarksOn, type BenchOptions, type Part } from "./support/report.ts"
import { called, interleave, median, timeOf, type Contestant } from "./support/rounds.ts"

const run = promisify(execFile)
const BARE = "bare C_Sign, SoftHSM RSA-2048"
const WHOLE = "composed by PKI.js, signed by C_Sign, judged by our reader"
const PROCESS = "one process `openssl cms -sign -cades`"

/** (a) What composing and judging a package costs beyond the signature itself, beside one process of openssl that signs. */
export async function composePackage(options: BenchOptions): Promise<Part> {
  const now = Date.now()
  const pki = await benchPki(now)
  return await withCard(pki, async (card) => {
    const token = openToken(card)
    try {
      const facts = await benchFacts(pki, now)
      const signer: Signer = {
        certificateChain: [token.certificate, ...cardIntermediates(pki, cardProfile("arts"))],
        algorithms: [{ scheme: "rsa-pkcs1", hash: "sha-256" }],
        sign: (bytes) => Promise.resolve(token.sign(bytes)),
      }
      const sample = Buffer.alloc(300, 7)
      const rounds = await interleave(
        [
          called(BARE, () => token.sign(sample)),
          called(WHOLE, async () => {
            const authorisation = await composeAuthorisation(nodeCrypto, STATEMENT, signer, now)
            const verdict = await verifyAuthorisation(authorisation, facts)
            if (verdict.is !== "authorised") throw new Error(`${verdict.reason}: ${verdict.detail}`)
          }),
          await opensslSigner(),
        ],
        options,
      )
      const of = (name: string) => rounds.times.get(name) ?? []
      const beyond = of(WHOLE).map(
        (whole, i) => (whole - (of(BARE)[i] ?? 0)) / (of(PROCESS)[i] ?? Number.NaN),
      )
      return {
        letter: "a",
        title: "A package composed and judged, beyond the bare signature",
        goals: [{ name: `beyond C_Sign, in times of ${PROCESS}`, found: median(beyond), atMost: 1 }],
        context: [BARE, WHOLE, PROCESS].map((name) => [name, microseconds(timeOf(rounds, name))] as const),
        remarks: remarksOn(rounds),
      }
    } finally {
      token.close()
    }
  })
}

/** A whole process, from a key in a file: what signs the same content without us. */
async function opensslSigner(): Promise<Contestant> {
  const folder = await cacheFolder("openssl-signer")
  const now = Date.now()
  const [signer] = await signers(await benchPki(now), 1, now)
  const [leaf, ...authorities] = signer?.certificateChain ?? []
  if (leaf === undefined) throw new Error("there is no signer")
  const file = (name: string) => join(folder, name)
  await writeFile(file("leaf.pem"), writePem("CERTIFICATE", leaf))
  await writeFile(file("chain.pem"), authorities.map((der) => writePem("CERTIFICATE", der)).join(""))
  await writeFile(file("content"), encodeStatement(STATEMENT))
  const key = join(await cacheFolder("signer-keys"), "0.pem")
  const form = ["-binary", "-nodetach", "-outform", "DER", "-cades", "-md", "sha256"]
  const made = ["-signer", file("leaf.pem"), "-certfile", file("chain.pem"), "-inkey", key]
  const files = ["-in", file("content"), "-out", file("package.der")]
  return called(PROCESS, () => run("openssl", ["cms", "-sign", ...form, ...made, ...files]))
}
