import { execFile } from "node:child_process"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { unwrapSmime } from "../../src-protocol/smime.ts"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"
import { cacheFolder, ROOT } from "./paths.ts"
import type { Contestant } from "./rounds.ts"

const run = promisify(execFile)

/** Our own small C program on OpenSSL, built here; without a compiler or OpenSSL's headers there is none, and a remark. */
export async function opensslVerifier(
  pki: TestPki,
  authorisation: Uint8Array,
): Promise<{ readonly contestant: Contestant | undefined; readonly remarks: readonly string[] }> {
  const folder = await cacheFolder("reference")
  const program = join(folder, "cms-verify")
  const source = join(ROOT, "bench", "reference", "cms-verify.c")
  try {
    await run("cc", ["-O2", "-o", program, source, "-lcrypto"])
  } catch {
    return {
      contestant: undefined,
      remarks: ["OpenSSL's reference was skipped: cc or libssl-dev is not installed"],
    }
  }
  const file = join(folder, "package.der")
  await writeFile(file, unwrapSmime(authorisation))
  const facts = [file, join(pki.directory, "root.pem"), join(pki.directory, "crls.pem")]
  const { stdout: version } = await run("openssl", ["version"])
  const contestant: Contestant = {
    name: "OpenSSL CMS_verify with CRL_CHECK_ALL, in process",
    async measure(milliseconds) {
      const { stdout } = await run(program, [...facts, String(milliseconds)])
      return Number(stdout)
    },
  }
  return { contestant, remarks: [`the library beside us: ${version.trim()}`] }
}
