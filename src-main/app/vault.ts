import type { SafeStorage } from "electron"
import { base64Of, bytesOfBase64 } from "../../src-protocol/bytes.ts"
import type { Vault } from "../outbox/outbox-shelf.ts"

type KeyRing = Pick<
  SafeStorage,
  "isAsyncEncryptionAvailable" | "getSelectedStorageBackend" | "encryptStringAsync" | "decryptStringAsync"
>

/**
 * The system's key ring, or `undefined` where there is none. On Linux without a key ring Chromium "encrypts" with a password
 * that everybody knows (basic_text): that counts as none.
 */
export async function keyRing(safeStorage: KeyRing, platform: NodeJS.Platform): Promise<Vault | undefined> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return undefined
  const backend = platform === "linux" ? safeStorage.getSelectedStorageBackend() : "the system's"
  if (backend === "basic_text" || backend === "unknown") return undefined
  return {
    seal: (plain) => safeStorage.encryptStringAsync(base64Of(plain)),
    open: async (sealed) => bytesOfBase64((await safeStorage.decryptStringAsync(Buffer.from(sealed))).result),
  }
}
