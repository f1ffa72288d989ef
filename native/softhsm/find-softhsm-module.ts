import { existsSync } from "node:fs"
import { SofthsmError } from "./softhsm-error.ts"

/** Where packages put the PKCS#11 module of SoftHSM 2. */
export const SOFTHSM_MODULE_PATHS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
  ],
  darwin: ["/opt/homebrew/lib/softhsm/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so"],
  win32: ["C:\\SoftHSM2\\lib\\softhsm2-x64.dll", "C:\\Program Files\\SoftHSM2\\lib\\softhsm2-x64.dll"],
}

/** The SoftHSM module of this machine; throws `softhsm-missing` with how to install it. */
export function findSofthsmModule(platform: NodeJS.Platform = process.platform, exists = existsSync): string {
  const found = (SOFTHSM_MODULE_PATHS[platform] ?? []).find((path) => exists(path))
  if (found === undefined) throw softhsmMissing(platform)
  return found
}

/** The error that tells how SoftHSM is installed on this kind of machine. */
export function softhsmMissing(platform: NodeJS.Platform, cause?: unknown): SofthsmError {
  return new SofthsmError("softhsm-missing", `SoftHSM 2 is not installed. ${installAdvice(platform)}`, {
    cause,
  })
}

function installAdvice(platform: NodeJS.Platform): string {
  if (platform === "darwin") return "Install it with: brew install softhsm"
  if (platform === "win32") return "Install it from https://github.com/disig/SoftHSM2-for-Windows/releases"
  return "Install it with: apt-get install softhsm2 (Debian, Ubuntu) or dnf install softhsm (Fedora)"
}
