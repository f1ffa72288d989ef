import { createCipheriv, createDecipheriv, pbkdf2Sync } from "node:crypto"

/**
 * Whether a keyring is acted: `gnome_libsecret` where ELECTRON_STANDIN_KEYRING=1, else none. Nothing here keeps a secret:
 * the key is in this file, as it is in Chromium's own `basic_text` on Linux.
 */
const backend = process.env["ELECTRON_STANDIN_KEYRING"] === "1" ? "gnome_libsecret" : "basic_text"
let isAvailable = backend === "gnome_libsecret"

const KEY = pbkdf2Sync("peanuts", "saltysalt", 1, 16, "sha1")
const VECTOR = Buffer.alloc(16, " ")
const VERSION = Buffer.from("v10")

function encryptString(text: string): Buffer {
  if (!isAvailable) throw refusal("encrypting the text", "encryptString", "Encryption is not available.")
  const cipher = createCipheriv("aes-128-cbc", KEY, VECTOR)
  return Buffer.concat([VERSION, cipher.update(text, "utf8"), cipher.final()])
}

function decryptString(encrypted: Buffer): string {
  if (!isAvailable)
    throw refusal("decrypting the ciphertext", "decryptString", "Decryption is not available.")
  if (!encrypted.subarray(0, VERSION.length).equals(VERSION))
    throw refusal("decrypting the ciphertext", "decryptString", "Ciphertext does not appear to be encrypted.")
  const decipher = createDecipheriv("aes-128-cbc", KEY, VECTOR)
  return Buffer.concat([decipher.update(encrypted.subarray(VERSION.length)), decipher.final()]).toString(
    "utf8",
  )
}

function refusal(doing: string, method: string, reason: string): Error {
  return new Error(`Error while ${doing} provided to safeStorage.${method}. ${reason}`)
}

/** Electron's `safeStorage`: it hides text from a glance, no more. */
export const safeStorage = {
  isEncryptionAvailable: () => isAvailable,
  getSelectedStorageBackend: (): "basic_text" | "gnome_libsecret" => backend,
  setUsePlainTextEncryption: (on: boolean): void => {
    isAvailable = on
  },
  encryptString,
  decryptString,
  isAsyncEncryptionAvailable: () => Promise.resolve(isAvailable),
  encryptStringAsync: async (text: string) => await Promise.resolve(encryptString(text)),
  decryptStringAsync: async (encrypted: Buffer) =>
    await Promise.resolve({ shouldReEncrypt: false, result: decryptString(encrypted) }),
}
