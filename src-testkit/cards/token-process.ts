import { text } from "node:stream/consumers"
import { tokenCommand, type TokenAnswer, type TokenCommand } from "./token-commands.ts"
import { withToken } from "./token-session.ts"
import { generateKeyPair, storeCertificate } from "./write-token.ts"

// A process of its own: SoftHSM takes its home from the environment when it is first loaded, once for a process.
const command = tokenCommand.parse(JSON.parse(await text(process.stdin)))
process.stdout.write(JSON.stringify(runCommand(command)))

function runCommand(asked: TokenCommand): TokenAnswer {
  return withToken(asked, (session) => {
    const { tokenSerialNumber } = session
    if (asked.command === "generate-keys") {
      const publicKeys = asked.keys.map((key) => Buffer.from(generateKeyPair(session, key)).toString("hex"))
      return { tokenSerialNumber, publicKeys }
    }
    for (const certificate of asked.certificates) storeCertificate(session, certificate)
    return { tokenSerialNumber, publicKeys: [] }
  })
}
