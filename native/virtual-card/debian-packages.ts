import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { ReaderError } from "./reader-error.ts"

/** What the virtual reader is made of, as Debian and Ubuntu call it. */
export const READER_PACKAGES = ["pcscd", "vsmartcard-vpcd", "opensc"] as const

/** Drivers of real readers, which pcscd wants to be installed with and we do not want at all. */
const UNWANTED: ReadonlySet<string> = new Set(["libccid", "libusb-1.0-0"])

const CACHE = join(import.meta.dirname, "../../.cache/card-reader")
const UNPACKED = join(CACHE, "debian")
const TRIPLETS: Readonly<Partial<Record<NodeJS.Architecture, string>>> = {
  x64: "x86_64-linux-gnu",
  arm64: "aarch64-linux-gnu",
}

const run = promisify(execFile)

/** The programs and libraries of the reader, of the machine or out of our cache. */
export interface ReaderFiles {
  readonly pcscd: string
  /** vpcd: what makes pcscd believe in a reader. */
  readonly driver: string
  readonly openscModule: string
  /** Where OpenSC's programs are: pkcs11-tool, pkcs15-tool, piv-tool, opensc-tool. */
  readonly programs: string
  /** LD_LIBRARY_PATH for all of these and their clients; empty where the machine has everything installed. */
  readonly libraryPath: string
}

/** What is at hand, without fetching anything; `undefined` where something is missing. */
export function findReaderFiles(): ReaderFiles | undefined {
  return filesBelow(UNPACKED) ?? filesBelow("/")
}

/**
 * The reader's programs and libraries: those of the machine where all are installed, else unpacked from Debian's packages
 * into the project's cache; nothing is ever installed. Throws `not-possible-here` where there is no apt, and
 * `packages-missing` with what apt says.
 */
export async function makeReaderFilesAvailable(): Promise<ReaderFiles> {
  const found = findReaderFiles()
  if (found !== undefined) return found
  if (!existsSync("/usr/bin/apt-get"))
    throw new ReaderError("not-possible-here", "the virtual reader needs packages of Debian or Ubuntu")
  await fetchPackages()
  const fetched = findReaderFiles()
  if (fetched !== undefined) return fetched
  throw new ReaderError(
    "packages-missing",
    `the packages ${READER_PACKAGES.join(", ")} are not what they were`,
  )
}

function filesBelow(root: string): ReaderFiles | undefined {
  const libraries = join(root, "usr/lib", TRIPLETS[process.arch] ?? "")
  const parts = {
    pcscd: firstOf(join(root, "usr/sbin/pcscd"), "/usr/sbin/pcscd"),
    driver: firstOf(
      join(root, "usr/lib/pcsc/drivers/serial/libifdvpcd.so"),
      "/usr/lib/pcsc/drivers/serial/libifdvpcd.so",
    ),
    openscModule: firstOf(
      join(libraries, "opensc-pkcs11.so"),
      join("/usr/lib", TRIPLETS[process.arch] ?? "", "opensc-pkcs11.so"),
    ),
    programs: existsSync(join(root, "usr/bin/pkcs11-tool")) ? join(root, "usr/bin") : "/usr/bin",
  }
  const { pcscd, driver, openscModule, programs } = parts
  if (pcscd === undefined || driver === undefined || openscModule === undefined) return undefined
  if (!existsSync(join(programs, "pkcs11-tool"))) return undefined
  return { pcscd, driver, openscModule, programs, libraryPath: root === "/" ? "" : libraries }
}

function firstOf(...paths: readonly string[]): string | undefined {
  return paths.find((path) => existsSync(path))
}

/** Unpacked aside and moved into place whole: two test files may come here at once, and the first one there wins. */
async function fetchPackages(): Promise<void> {
  await mkdir(CACHE, { recursive: true })
  const aside = await mkdtemp(join(CACHE, "unpacking-"))
  try {
    const [archives, root] = [join(aside, "archives"), join(aside, "root")]
    await Promise.all([mkdir(archives), mkdir(root)])
    await apt(["download", "-o", "APT::Sandbox::User=root", ...(await missingPackages())], archives)
    for (const archive of await readdir(archives))
      await run("dpkg-deb", ["-x", join(archives, archive), root])
    await rename(root, UNPACKED).catch((error: unknown) => {
      if (!existsSync(UNPACKED)) throw error
    })
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

/** Ours and whatever they need that the machine does not have, as apt reckons it; nothing is changed. */
async function missingPackages(): Promise<readonly string[]> {
  const said = await apt(["--simulate", "--no-install-recommends", "install", ...READER_PACKAGES], CACHE)
  const names = [...said.matchAll(/^Inst (\S+) /gm)].map(([, name]) => name ?? "")
  return names.filter((name) => !UNWANTED.has(name))
}

async function apt(args: readonly string[], directory: string): Promise<string> {
  try {
    const env = { ...process.env, LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" }
    return (await run("apt-get", args, { cwd: directory, env, timeout: 120_000 })).stdout
  } catch (cause) {
    const said = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : String(cause)
    const advice = "If apt does not know them, run: apt-get update"
    throw new ReaderError("packages-missing", `apt-get ${args[0] ?? ""}: ${said}\n${advice}`, { cause })
  }
}
