import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { writePem } from "../../../src-protocol/pem.ts"
import { listsOf, readCorpus, readPackage, trustOf, type CorpusEntry } from "../support/corpus.ts"

const run = promisify(execFile)
const corpus = readCorpus()
const AT_SECONDS = Math.floor(corpus.at / 1_000)
const PATIENCE_MILLISECONDS = 20_000
const PKI_JS_JUDGE = join(import.meta.dirname, "judge-with-pki-js.ts")

/** `hung`: no answer in twenty seconds. `–`: there is nothing that this one could read. */
export type OtherVerdict = "accepted" | "refused" | "crashed" | "hung" | "–"

/** Somebody else's judge of a signed message. */
export interface Other {
  readonly name: string
  /** Whether it reads mail; those that do not get the DER, where there is any to be got. */
  readonly readsMail: boolean
  readonly judge: (files: CaseFiles, entry: CorpusEntry) => Promise<boolean>
}

/** A case as files in a directory of its own. */
interface CaseFiles {
  readonly directory: string
  readonly mail: string
  readonly der: string
  readonly root: string
  readonly rootAndLists: string
}

function openssl(
  name: string,
  command: "cms" | "smime",
  options: readonly string[],
  withLists = false,
): Other {
  return {
    name,
    readsMail: true,
    judge: async ({ mail, directory, root, rootAndLists }) => {
      const anchors = ["-CAfile", withLists ? rootAndLists : root, "-no-CApath", "-no-CAstore"]
      const time = ["-attime", String(AT_SECONDS)]
      const streams = ["-in", mail, "-out", join(directory, "content")]
      return await succeeds("openssl", [
        command,
        "-verify",
        "-binary",
        ...anchors,
        ...time,
        ...options,
        ...streams,
      ])
    },
  }
}

/** As the corpus has it, at its moment. */
export const OPENSSL: readonly Other[] = [
  openssl("openssl cms", "cms", []),
  openssl("openssl cms -cades", "cms", ["-cades"]),
  openssl("openssl cms -cades, lists, strict", "cms", ["-cades", "-crl_check_all", "-x509_strict"], true),
  openssl("openssl smime", "smime", []),
]

const gpgsm: Other = {
  name: "gpgsm",
  readsMail: false,
  judge: async ({ directory, der, root }) => {
    const home = await mkdtemp(join(directory, "gnupg-"))
    const env = { ...process.env, GNUPGHOME: home }
    const time = new Date(corpus.at).toISOString().replace(/[-:]|\.\d+Z/g, "")
    const quiet = [
      "--batch",
      "--faked-system-time",
      time,
      "--disable-dirmngr",
      "--disable-crl-checks",
      "--disable-policy-checks",
    ]
    try {
      await run("gpgsm", [...quiet, "--quiet", "--import", root], { env })
      const { stdout: fingerprint } = await run("openssl", [
        "x509",
        "-in",
        root,
        "-noout",
        "-fingerprint",
        "-sha1",
      ])
      await writeFile(join(home, "trustlist.txt"), `${fingerprint.split("=")[1]?.trim() ?? ""} S relax\n`)
      const { stdout } = await run("gpgsm", [...quiet, "--status-fd", "1", "--verify", der], {
        env,
        timeout: PATIENCE_MILLISECONDS,
      })
      return stdout.includes("[GNUPG:] GOODSIG") && stdout.includes("[GNUPG:] TRUST_FULLY")
    } catch (error) {
      return refusedOrThrow(error)
    } finally {
      await run("gpgconf", ["--kill", "all"], { env }).catch(() => undefined)
    }
  },
}

/** It has no way to be told another time than now. */
const nss: Other = {
  name: "NSS cmsutil",
  readsMail: false,
  judge: async ({ directory, der, root }) => {
    const store = `sql:${directory}`
    await run("certutil", ["-N", "-d", store, "--empty-password"])
    await run("certutil", ["-A", "-d", store, "-n", "root", "-t", ",C,", "-i", root, "-a"])
    return await succeeds("cmsutil", ["-D", "-d", store, "-i", der])
  },
}

/** In a process of its own: it can be led into a circle that never ends. */
const pkiJs: Other = {
  name: "PKI.js",
  readsMail: false,
  judge: ({ der, root }) => succeeds(process.execPath, [PKI_JS_JUDGE, der, root, String(corpus.at)]),
}

export const OTHERS: readonly Other[] = [...OPENSSL, gpgsm, nss, pkiJs]

/** The versions that the verdicts are of. */
export async function versions(): Promise<readonly string[]> {
  const first = async (program: string, option: string): Promise<string> =>
    (await run(program, [option])).stdout.split("\n")[0] ?? ""
  const nssVersion = await run("dpkg-query", ["-W", "-f", "NSS ${Version}", "libnss3"]).then(
    ({ stdout }) => stdout,
    () => "NSS",
  )
  return [
    (await first("openssl", "version")).replace(/ \(.*/, ""),
    await first("gpgsm", "--version"),
    nssVersion,
    `PKI.js ${await pkiJsVersion()}`,
  ]
}

async function pkiJsVersion(): Promise<string> {
  const path = join(import.meta.dirname, "../../../node_modules/pkijs/package.json")
  const parsed: unknown = JSON.parse(await readFile(path, "utf8"))
  return typeof parsed === "object" && parsed !== null && "version" in parsed ? String(parsed.version) : ""
}

/** What one of the others makes of a case. */
export async function askOther(other: Other, entry: CorpusEntry): Promise<OtherVerdict> {
  // What is wrong with the mail is gone once somebody has taken the DER out of it.
  if (!other.readsMail && entry.expect === "malformed-smime") return "–"
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-other-"))
  try {
    return (await other.judge(await writeCase(directory, entry), entry)) ? "accepted" : "refused"
  } catch (error) {
    return hungOrCrashed(error)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** A program that was ended, by our patience or by itself; any other error is a fault of the run. */
function hungOrCrashed(error: unknown): OtherVerdict {
  const ended = error instanceof Error && "signal" in error && typeof error.signal === "string"
  if (!ended) throw error
  return "killed" in error && error.killed === true ? "hung" : "crashed"
}

async function writeCase(directory: string, entry: CorpusEntry): Promise<CaseFiles> {
  const at = (name: string): string => join(directory, name)
  const { anchors } = await trustOf(entry)
  const root = anchors.map((anchor) => writePem("CERTIFICATE", anchor)).join("")
  const files = {
    directory,
    mail: at("package.eml"),
    der: at("package.der"),
    root: at("root.pem"),
    rootAndLists: at("lists.pem"),
  }
  const mail = readPackage(entry)
  await writeFile(files.mail, mail)
  await writeFile(files.der, derOf(mail))
  await writeFile(files.root, root)
  await writeFile(
    files.rootAndLists,
    root +
      listsOf(entry)
        .map((list) => writePem("X509 CRL", list))
        .join(""),
  )
  return files
}

/** The bytes within a mail, taken as forgivingly as they come. */
function derOf(mail: Uint8Array): Uint8Array {
  const text = Buffer.from(mail).toString("latin1")
  return new Uint8Array(Buffer.from(text.slice(text.indexOf("\r\n\r\n")), "base64"))
}

async function succeeds(program: string, options: readonly string[]): Promise<boolean> {
  try {
    await run(program, options, { encoding: "buffer", timeout: PATIENCE_MILLISECONDS })
    return true
  } catch (error) {
    return refusedOrThrow(error)
  }
}

/** An exit code is a refusal; a tool that is not there, or that died, is not. */
function refusedOrThrow(error: unknown): false {
  if (error instanceof Error && "code" in error && typeof error.code === "number") return false
  throw error
}
