import { join } from "node:path"
import { printInstant } from "../../src-protocol/instant.ts"
import type { Terminal } from "../terminal.ts"
import type { DemoFiles } from "./demo-files.ts"

/** Where everything is, and how to check it without believing a word of the above. */
export function checkYourself(files: DemoFiles, terminal: Terminal): void {
  const { directory, pki, authorisation, crls, statement } = files
  const quoted = (path: string) => (/^[\w./:\\-]+$/.test(path) ? path : `"${path}"`)
  const root = quoted(join(pki, "root.pem"))
  const signed = quoted(join(directory, "signed.txt"))
  const verify = `npx vrijgave verify ${quoted(authorisation)} --root ${root} --crl ${quoted(crls)}`
  const lines = [
    "",
    "Check it yourself.",
    `   The S/MIME package   ${authorisation}`,
    `   what was signed      ${statement}`,
    `   revocation lists     ${crls}`,
    `   the root             ${join(pki, "root.pem")}`,
    `   the batch            ${files.batch}`,
    "",
    "   With our own verifier, in the folder of this program:",
    `     ${verify}`,
    `   (after six hours the lists are too old: then add --at ${printInstant(terminal.now())})`,
    "",
    "   With OpenSSL, which is not ours:",
    `     openssl cms -verify -cades -binary -inform SMIME -in ${quoted(authorisation)} -CAfile ${root} -no-CApath -no-CAstore -out ${signed}`,
    `     cmp ${signed} ${quoted(statement)}`,
    "",
    `Everything that was started has ended. The files stay; remove ${directory} when you are done.`,
  ]
  for (const line of lines) terminal.print(line)
}
