import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)

/** What a package in a file is held against. */
export interface Question {
  /** The package as the tool is to read it. */
  readonly package: Uint8Array
  readonly form: "SMIME" | "DER"
  readonly root: string
  /** PEM bundle. */
  readonly crls: string
}

/** A tool that is not ours. It answers the content that it took out of the package, and `undefined` when it refuses. */
export interface Verifier {
  readonly name: string
  readonly forms: readonly Question["form"][]
  /** Whether it can do RSASSA-PSS at all. */
  readonly knowsPss: boolean
  verify(question: Question): Promise<Uint8Array | undefined>
}

// Without the last two openssl looks into the system's own store as well, and the root would not be the only one.
const rootOnly = (root: string) => ["-CAfile", root, "-no-CApath", "-no-CAstore"]

function opensslVerifier(name: string, command: "cms" | "smime", options: readonly string[]): Verifier {
  return {
    name,
    forms: ["SMIME", "DER"],
    knowsPss: command === "cms",
    verify: (question) =>
      inDirectory(question, async (input, directory) => {
        const output = join(directory, "content")
        const crlsToo = options.includes("-crl_check_all")
        const anchors = crlsToo ? await bundle(directory, question) : question.root
        const asked = [
          command,
          "-verify",
          "-binary",
          "-inform",
          question.form,
          "-in",
          input,
          ...rootOnly(anchors),
        ]
        await run("openssl", [...asked, ...options, "-out", output])
        return await readFile(output)
      }),
  }
}

async function bundle(directory: string, { root, crls }: Question): Promise<string> {
  const path = join(directory, "root-and-crls.pem")
  await writeFile(path, (await readFile(root, "utf8")) + (await readFile(crls, "utf8")))
  return path
}

const gpgsm: Verifier = {
  name: "gpgsm --verify",
  forms: ["DER"],
  knowsPss: true,
  verify: (question) =>
    inDirectory(question, async (input, directory) => {
      const env = { ...process.env, GNUPGHOME: directory }
      try {
        await trustInGnupg(directory, question, env)
        const output = join(directory, "content")
        const quiet = ["--batch", "--disable-dirmngr", "--disable-crl-checks", "--disable-policy-checks"]
        const { stdout } = await run(
          "gpgsm",
          [...quiet, "--status-fd", "1", "--output", output, "--verify", input],
          { env },
        )
        const good = stdout.includes("[GNUPG:] GOODSIG") && stdout.includes("[GNUPG:] TRUST_FULLY")
        return good ? await readFile(output) : undefined
      } finally {
        await run("gpgconf", ["--kill", "all"], { env }).catch(() => undefined)
      }
    }),
}

/** A fresh home each time: gpgsm remembers every intermediate that it has seen. */
async function trustInGnupg(home: string, { root }: Question, env: NodeJS.ProcessEnv): Promise<void> {
  await run("gpgsm", ["--batch", "--quiet", "--disable-dirmngr", "--import", root], { env })
  const { stdout } = await run("openssl", ["x509", "-in", root, "-noout", "-fingerprint", "-sha1"])
  await writeFile(join(home, "trustlist.txt"), `${stdout.split("=")[1]?.trim() ?? ""} S relax\n`)
}

const nss: Verifier = {
  name: "NSS cmsutil -D",
  forms: ["DER"],
  knowsPss: true,
  verify: (question) =>
    inDirectory(question, async (input, directory) => {
      const store = `sql:${directory}`
      await run("certutil", ["-N", "-d", store, "--empty-password"])
      await run("certutil", ["-A", "-d", store, "-n", "root", "-t", ",C,", "-i", question.root, "-a"])
      const { stdout } = await run("cmsutil", ["-D", "-d", store, "-i", input], { encoding: "buffer" })
      return stdout
    }),
}

export const VERIFIERS: readonly Verifier[] = [
  opensslVerifier("openssl cms -verify -cades", "cms", ["-cades"]),
  opensslVerifier("openssl cms -verify -cades -x509_strict", "cms", ["-cades", "-x509_strict"]),
  opensslVerifier("openssl cms -verify -cades -crl_check_all", "cms", ["-cades", "-crl_check_all"]),
  opensslVerifier("openssl smime -verify", "smime", []),
  gpgsm,
  nss,
]

/** The tool's answer; its exit code other than 0 is a refusal, a tool that is not there is an error. */
async function inDirectory(
  question: Question,
  verify: (input: string, directory: string) => Promise<Uint8Array | undefined>,
): Promise<Uint8Array | undefined> {
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-interop-"))
  try {
    const input = join(directory, "package")
    await writeFile(input, question.package)
    return await verify(input, directory)
  } catch (error) {
    if (error instanceof Error && "code" in error && typeof error.code === "number") return undefined
    throw error
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
