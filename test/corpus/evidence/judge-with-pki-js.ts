import { readFileSync } from "node:fs"
import * as pkijs from "pkijs"
import { readPem } from "../../../src-protocol/pem.ts"

/** `node judge-with-pki-js.ts <DER> <roots, PEM> <milliseconds>`: exit code 0 where PKI.js accepts the message, 1 where not. */
const [messageFile = "", rootsFile = "", at = ""] = process.argv.slice(2)

async function isAccepted(): Promise<boolean> {
  const contentInfo = pkijs.ContentInfo.fromBER(readFileSync(messageFile))
  const signedData = new pkijs.SignedData({ schema: contentInfo.content })
  const roots = readPem("CERTIFICATE", readFileSync(rootsFile, "utf8"))
  const trustedCerts = roots.map((root) => pkijs.Certificate.fromBER(Uint8Array.from(root).buffer))
  return await signedData.verify({
    signer: 0,
    checkChain: true,
    checkDate: new Date(Number(at)),
    trustedCerts,
  })
}

// Its way of saying no is to throw, at times errors of the language itself.
process.exitCode = (await isAccepted().catch(() => false)) ? 0 : 1
