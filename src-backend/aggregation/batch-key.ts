import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto"
import { join } from "node:path"
import { ConfigError } from "../config-error.ts"
import { readIfThere, writeDurably } from "./write-durably.ts"

/** The Ed25519 key that signs batches. Phones have its public half built in, so it must outlive every restart. */
export interface BatchKey {
  /** DER SubjectPublicKeyInfo. */
  readonly publicKeySpki: Uint8Array
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

export const BATCH_KEY_FILE = "batch-signing-key.pem"
export const BATCH_PUBLIC_KEY_FILE = "batch-public-key.pem"

/** The key in `directory`, drawn at the first start; the public half is written beside it. Throws a ConfigError. */
export async function openBatchKey(directory: string): Promise<BatchKey> {
  const file = join(directory, BATCH_KEY_FILE)
  const known = await readIfThere(file)
  const privateKey = known === undefined ? generateKeyPairSync("ed25519").privateKey : readKey(file, known)
  if (known === undefined) {
    await writeDurably(file, privateKey.export({ type: "pkcs8", format: "pem" }).toString(), 0o600)
  }
  const publicKey = createPublicKey(privateKey)
  const publicPem = publicKey.export({ type: "spki", format: "pem" }).toString()
  await writeDurably(join(directory, BATCH_PUBLIC_KEY_FILE), publicPem, 0o644)
  return {
    publicKeySpki: new Uint8Array(publicKey.export({ type: "spki", format: "der" })),
    sign: (bytes) => Promise.resolve(new Uint8Array(sign(null, bytes, privateKey))),
  }
}

function readKey(file: string, pem: string): KeyObject {
  const key = parseKey(file, pem)
  if (key.asymmetricKeyType !== "ed25519")
    throw new ConfigError(BATCH_KEY_FILE, `${file} holds no Ed25519 key`)
  return key
}

function parseKey(file: string, pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch (cause) {
    throw new ConfigError(
      BATCH_KEY_FILE,
      `${file} cannot be read as a private key; restore it from a backup`,
      { cause },
    )
  }
}
