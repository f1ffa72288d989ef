import type { Certificate } from "../../src-protocol/certificate.ts"
import {
  EXTENSION,
  extensionOf,
  KEY_USAGE,
  readKeyUsage,
  readPolicies,
} from "../../src-protocol/extensions.ts"

/** Whether the key usage is that of a *handtekening* certificate: nonRepudiation. */
export function isForSignature(certificate: Certificate): boolean {
  return keyUsageOf(certificate).includes(KEY_USAGE.nonRepudiation)
}

/** Whether the key usage is that of an *authenticiteit* certificate: digitalSignature and not nonRepudiation. */
export function isForAuthentication(certificate: Certificate): boolean {
  const usage = keyUsageOf(certificate)
  return usage.includes(KEY_USAGE.digitalSignature) && !usage.includes(KEY_USAGE.nonRepudiation)
}

/** The policies that the certificate names; none where they cannot be read. */
export function policiesOf(certificate: Certificate): readonly string[] {
  return readOr(certificate, EXTENSION.certificatePolicies, readPolicies)
}

function keyUsageOf(certificate: Certificate): readonly number[] {
  return readOr(certificate, EXTENSION.keyUsage, readKeyUsage)
}

/** Choosing is not judging: what cannot be read here is refused there, with its reason. */
function readOr<T>(
  certificate: Certificate,
  oid: string,
  read: (value: Uint8Array) => readonly T[],
): readonly T[] {
  const extension = extensionOf(certificate.extensions, oid)
  try {
    return extension === undefined ? [] : read(extension.value)
  } catch {
    return []
  }
}
