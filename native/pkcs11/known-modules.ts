import { win32 } from "node:path"

export interface KnownModule {
  /** The middleware, as its maker calls it. */
  readonly name: string
  readonly path: string
}

type Platform = "linux" | "darwin" | "win32"

/**
 * Where the vendors' PKCS#11 modules lie. UZI passes come with SafeSign, so it stands first; OpenSC has no driver for
 * them but knows PIV cards; SoftHSM is for tests. On Windows the paths are those below the system directory.
 */
const MODULES: Readonly<Record<Platform, readonly KnownModule[]>> = {
  linux: [
    { name: "SafeSign", path: "/usr/lib/libaetpkss.so.3" },
    { name: "SafeSign", path: "/usr/lib/libaetpkss.so" },
    { name: "SafeSign", path: "/usr/lib/x86_64-linux-gnu/libaetpkss.so.3" },
    { name: "SafeNet", path: "/usr/lib/libeTPkcs11.so" },
    { name: "IDPrime", path: "/usr/lib/libIDPrimePKCS11.so" },
    { name: "OpenSC", path: "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so" },
    { name: "OpenSC", path: "/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so" },
    { name: "OpenSC", path: "/usr/lib64/opensc-pkcs11.so" },
    { name: "SoftHSM", path: "/usr/lib/softhsm/libsofthsm2.so" },
    { name: "SoftHSM", path: "/usr/lib64/pkcs11/libsofthsm2.so" },
  ],
  darwin: [
    { name: "SafeSign", path: "/usr/local/lib/libaetpkss.dylib" },
    { name: "SafeSign", path: "/Applications/tokenadmin.app/Contents/Frameworks/libaetpkss.dylib" },
    { name: "SafeNet", path: "/usr/local/lib/libeTPkcs11.dylib" },
    { name: "IDPrime", path: "/Library/Frameworks/eToken.framework/Versions/A/libIDPrimePKCS11.dylib" },
    { name: "OpenSC", path: "/Library/OpenSC/lib/opensc-pkcs11.so" },
    { name: "SoftHSM", path: "/opt/homebrew/lib/softhsm/libsofthsm2.so" },
    { name: "SoftHSM", path: "/usr/local/lib/softhsm/libsofthsm2.so" },
  ],
  win32: [
    { name: "SafeSign", path: "aetpkss1.dll" },
    { name: "SafeNet", path: "eTPKCS11.dll" },
    { name: "OpenSC", path: "opensc-pkcs11.dll" },
    { name: "SoftHSM", path: "softhsm2-x64.dll" },
  ],
}

/** The table for one platform; a platform that we do not know has none. */
export function knownModules(
  platform: NodeJS.Platform,
  systemDirectory = windowsSystem(),
): readonly KnownModule[] {
  if (platform !== "linux" && platform !== "darwin" && platform !== "win32") return []
  if (platform !== "win32") return MODULES[platform]
  return MODULES.win32.map(({ name, path }) => ({ name, path: win32.join(systemDirectory, path) }))
}

function windowsSystem(): string {
  return win32.join(process.env["SystemRoot"] ?? "C:\\Windows", "System32")
}
