import { win32 } from "node:path"

export interface KnownModule {
  /** The middleware, as its maker calls it. */
  readonly name: string
  readonly path: string
}

/** Where Debian, Fedora and others put the libraries of 64-bit machines; a module of another machine is told apart later. */
const LINUX_FOLDERS = [
  "/usr/lib",
  "/usr/lib64",
  "/usr/lib/x86_64-linux-gnu",
  "/usr/lib/aarch64-linux-gnu",
  "/usr/local/lib",
] as const

const LINUX_FILES: readonly KnownModule[] = [
  { name: "SafeSign", path: "libaetpkss.so.3" },
  { name: "SafeSign", path: "libaetpkss.so" },
  { name: "OpenSC", path: "opensc-pkcs11.so" },
  { name: "OpenSC", path: "pkcs11/opensc-pkcs11.so" },
  { name: "IDPrime", path: "libIDPrimePKCS11.so" },
  { name: "SafeNet", path: "libeTPkcs11.so" },
  { name: "Bit4id", path: "libbit4xpki.so" },
  { name: "IDEMIA", path: "libOcsCryptoki.so" },
  { name: "SoftHSM", path: "softhsm/libsofthsm2.so" },
  { name: "SoftHSM", path: "pkcs11/libsofthsm2.so" },
]

/**
 * Where the vendors' PKCS#11 modules lie. UZI passes come with SafeSign, so it stands first; OpenSC has no driver for
 * them but knows PIV cards; SoftHSM is for tests.
 */
const APPLE_MODULES: readonly KnownModule[] = [
  { name: "SafeSign", path: "/usr/local/lib/libaetpkss.dylib" },
  { name: "SafeSign", path: "/Applications/tokenadmin.app/Contents/Frameworks/libaetpkss.dylib" },
  { name: "OpenSC", path: "/Library/OpenSC/lib/opensc-pkcs11.so" },
  { name: "OpenSC", path: "/opt/homebrew/lib/opensc-pkcs11.so" },
  { name: "OpenSC", path: "/usr/local/lib/opensc-pkcs11.so" },
  { name: "IDPrime", path: "/Library/Frameworks/eToken.framework/Versions/A/libIDPrimePKCS11.dylib" },
  { name: "SafeNet", path: "/usr/local/lib/libeTPkcs11.dylib" },
  { name: "Bit4id", path: "/usr/local/lib/libbit4xpki.dylib" },
  { name: "SoftHSM", path: "/opt/homebrew/lib/softhsm/libsofthsm2.so" },
  { name: "SoftHSM", path: "/usr/local/lib/softhsm/libsofthsm2.so" },
]

/** Below the system directory, or below the folder of programs where a path says so. */
const WINDOWS_SYSTEM_MODULES: readonly KnownModule[] = [
  { name: "SafeSign", path: "aetpkss1.dll" },
  { name: "OpenSC", path: "opensc-pkcs11.dll" },
  { name: "IDPrime", path: "IDPrimePKCS1164.dll" },
  { name: "SafeNet", path: "eTPKCS11.dll" },
  { name: "Bit4id", path: "bit4xpki.dll" },
  { name: "IDEMIA", path: "OcsCryptoki.dll" },
]
const WINDOWS_PROGRAM_MODULES: readonly KnownModule[] = [
  { name: "OpenSC", path: "OpenSC Project\\OpenSC\\pkcs11\\opensc-pkcs11.dll" },
  { name: "SoftHSM", path: "SoftHSM2\\lib\\softhsm2-x64.dll" },
]

/** The table for one platform, the makers in order of preference; a platform that we do not know has none. */
export function knownModules(
  platform: NodeJS.Platform,
  systemDirectory = windowsFolder("SystemRoot", "C:\\Windows", "System32"),
  programDirectory = windowsFolder("ProgramFiles", "C:\\Program Files"),
): readonly KnownModule[] {
  if (platform === "linux") return LINUX_FILES.flatMap((module) => inFolders(module))
  if (platform === "darwin") return APPLE_MODULES
  if (platform !== "win32") return []
  return [
    ...WINDOWS_SYSTEM_MODULES.map((module) => below(systemDirectory, module)),
    ...WINDOWS_PROGRAM_MODULES.map((module) => below(programDirectory, module)),
  ]
}

function inFolders({ name, path }: KnownModule): readonly KnownModule[] {
  return LINUX_FOLDERS.map((folder) => ({ name, path: `${folder}/${path}` }))
}

function below(directory: string, { name, path }: KnownModule): KnownModule {
  return { name, path: win32.join(directory, path) }
}

function windowsFolder(variable: string, usual: string, ...more: readonly string[]): string {
  return win32.join(process.env[variable] ?? usual, ...more)
}
