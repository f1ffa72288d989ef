import { base64Of } from "../src-protocol/bytes.ts"
import { printInstant } from "../src-protocol/instant.ts"
import type { SignerIdentity } from "../src-protocol/signer-identity.ts"
import { signerText } from "../src-protocol/signer-text.ts"

/** What a certificate says of its holder, a fact a line. */
export function signerLines(signer: SignerIdentity): readonly string[] {
  const { uziNumber, subscriberNumber, roleCode, agbCode, certificateSha256, notBefore, notAfter } = signer
  return [
    `holder        ${signerText(signer)}`,
    `UZI number    ${uziNumber}, subscriber ${subscriberNumber}, role ${roleCode}, AGB ${agbCode}`,
    `certificate   valid ${printInstant(notBefore)} to ${printInstant(notAfter)}`,
    `              SHA-256 ${certificateSha256}`,
  ]
}

/** The same for a program. */
export function signerJson(signer: SignerIdentity): unknown {
  const { certificate, notBefore, notAfter, ...rest } = signer
  return {
    ...rest,
    notBefore: printInstant(notBefore),
    notAfter: printInstant(notAfter),
    certificate: base64Of(certificate),
  }
}
