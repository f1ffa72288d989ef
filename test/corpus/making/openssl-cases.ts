import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { writePem } from "../../../src-protocol/pem.ts"
import { wrapSmime } from "../../../src-protocol/smime.ts"
import { generateKeys } from "../../../src-testkit/pki/keys.ts"
import type { JudgingReason } from "../../../src-protocol/reasons.ts"
import type { JudgingWorld } from "../../support/judging-world.ts"
import { openssl } from "../../support/openssl.ts"
import type { CorpusCase } from "./corpus-case.ts"

/** Runs an openssl command over the statement with a good pass at hand; answers what it wrote. */
async function byOpenssl(world: JudgingWorld, options: readonly string[]): Promise<Uint8Array> {
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-corpus-"))
  try {
    const at = (name: string): string => join(directory, name)
    const above = await writeSigner(world, at("signer.pem"), at("key.pem"))
    await writeSigner(world, at("other-signer.pem"), at("other-key.pem"))
    await writeFile(at("chain.pem"), above)
    await writeFile(at("statement"), world.content)
    const inFiles = options.map((option) => option.replace(/^@/, `${directory}/`))
    const { succeeded, output } = await openssl(...inFiles, "-in", at("statement"), "-out", at("package"))
    if (!succeeded) throw new Error(`openssl ${options.join(" ")}: ${output}`)
    return new Uint8Array(await readFile(at("package")))
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** A pass and its key as files; answers the authorities above it. */
async function writeSigner(world: JudgingWorld, certificate: string, key: string): Promise<string> {
  const keys = await generateKeys("rsa-2048")
  const { certificateChain } = await world.signerWith({ keys })
  const [leaf = "", ...above] = certificateChain.map((der) => writePem("CERTIFICATE", der))
  await writeFile(key, keys.privateKey.export({ type: "pkcs8", format: "pem" }))
  await writeFile(certificate, leaf)
  return above.join("")
}

const SIGN = [
  "cms",
  "-sign",
  "-binary",
  "-signer",
  "@signer.pem",
  "-inkey",
  "@key.pem",
  "-certfile",
  "@chain.pem",
]

function wrapped(what: string, expect: JudgingReason, ...options: readonly string[]): CorpusCase {
  const form = ["-nodetach", "-outform", "DER"]
  return {
    what: `by openssl: ${what}`,
    expect,
    make: async (world) => wrapSmime(await byOpenssl(world, [...SIGN, ...form, ...options])),
  }
}

function asSent(what: string, expect: JudgingReason, command: readonly string[]): CorpusCase {
  return { what: `by openssl: ${what}`, expect, make: (world) => byOpenssl(world, command) }
}

function asDer(what: string, expect: JudgingReason, command: readonly string[]): CorpusCase {
  return {
    what: `by openssl: ${what}`,
    expect,
    make: async (world) => wrapSmime(await byOpenssl(world, [...command, "-outform", "DER"])),
  }
}

/** Made by a tool that is not ours, and not as the protocol has it. */
export const OPENSSL_CASES: readonly CorpusCase[] = [
  wrapped("without signed attributes", "bad-signed-attributes", "-noattr", "-md", "sha256"),
  wrapped("without signingCertificateV2", "bad-signed-attributes", "-nosmimecap", "-md", "sha256"),
  wrapped("with SMIMECapabilities beside the four", "bad-signed-attributes", "-cades", "-md", "sha256"),
  wrapped(
    "with a request for a receipt",
    "bad-signed-attributes",
    "-cades",
    "-nosmimecap",
    "-receipt_request_to",
    "a@example.org",
    "-md",
    "sha256",
  ),
  wrapped("with SHA-1", "weak-algorithm", "-cades", "-nosmimecap", "-md", "sha1"),
  wrapped("with MD5", "weak-algorithm", "-cades", "-nosmimecap", "-md", "md5"),
  wrapped(
    "with PSS and a salt of 20 bytes",
    "weak-algorithm",
    "-cades",
    "-nosmimecap",
    "-md",
    "sha256",
    "-keyopt",
    "rsa_padding_mode:pss",
    "-keyopt",
    "rsa_pss_saltlen:20",
  ),
  wrapped(
    "with the key identifier as its signer",
    "malformed-cms",
    "-cades",
    "-nosmimecap",
    "-keyid",
    "-md",
    "sha256",
  ),
  wrapped("without certificates", "malformed-cms", "-cades", "-nosmimecap", "-nocerts", "-md", "sha256"),
  wrapped(
    "in indefinite lengths, as it streams",
    "malformed-cms",
    "-cades",
    "-nosmimecap",
    "-stream",
    "-md",
    "sha256",
  ),
  wrapped(
    "signed by two",
    "multiple-signers",
    "-cades",
    "-nosmimecap",
    "-md",
    "sha256",
    "-signer",
    "@other-signer.pem",
    "-inkey",
    "@other-key.pem",
  ),
  asSent("its own S/MIME form", "malformed-smime", [
    ...SIGN,
    "-nodetach",
    "-cades",
    "-nosmimecap",
    "-md",
    "sha256",
  ]),
  asSent("multipart/signed", "malformed-smime", [
    "smime",
    "-sign",
    "-signer",
    "@signer.pem",
    "-inkey",
    "@key.pem",
    "-certfile",
    "@chain.pem",
    "-md",
    "sha256",
  ]),
  asDer("detached", "malformed-cms", [...SIGN, "-cades", "-nosmimecap", "-md", "sha256"]),
  asDer("only a digest (digestedData)", "malformed-cms", [
    "cms",
    "-digest_create",
    "-binary",
    "-md",
    "sha256",
  ]),
  asDer("not signed at all (data)", "malformed-cms", ["cms", "-data_create", "-binary"]),
]
