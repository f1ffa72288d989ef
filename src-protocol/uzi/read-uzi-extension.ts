import { ProtocolError } from "../errors.ts"
import type { Certificate } from "../certificate.ts"
import { oidText, stringValue } from "../der-values.ts"
import { EXTENSION, extensionOf } from "../extensions.ts"
import { childrenOf, contextTag, DerFields, readDer, TAG, type DerNode } from "../read-der.ts"
import { asCode } from "../read-signed-data.ts"
import { parseUziName, type UziName } from "./uzi-name.ts"

const UZI_OTHER_NAME = "2.5.5.5"
const OTHER_NAME = contextTag(0)

function notUzi(message: string): ProtocolError {
  return new ProtocolError("not-a-uzi-certificate", message)
}

/**
 * The UZI name in a certificate's SubjectAltName: exactly one otherName 2.5.5.5 holding one IA5String, wherever it stands
 * among others (an authentication certificate has a user principal name before it). Throws `not-a-uzi-certificate`.
 */
export function readUziName(certificate: Certificate): UziName {
  // A verdict asks twice: who it is, and whether that is allowed.
  certificate.found.uziName ??= readName(certificate)
  return certificate.found.uziName
}

function readName(certificate: Certificate): UziName {
  const extension = extensionOf(certificate.extensions, EXTENSION.subjectAltName)
  if (extension === undefined) throw notUzi("the certificate has no subjectAltName")
  return asCode("not-a-uzi-certificate", () => {
    const names = childrenOf(readDer(extension.value, "subjectAltName"), "subjectAltName")
    const uziNames = names.filter(({ tag }) => tag === OTHER_NAME).flatMap((name) => uziValues(name))
    const [text, ...others] = uziNames
    if (text === undefined) throw notUzi("subjectAltName has no otherName 2.5.5.5")
    if (others.length > 0) throw notUzi("subjectAltName has the otherName 2.5.5.5 more than once")
    const name = parseUziName(text)
    if (name === undefined) throw notUzi("the otherName 2.5.5.5 is not a UZI name")
    return name
  })
}

function uziValues(node: DerNode): readonly string[] {
  const fields = new DerFields(node, "an otherName", OTHER_NAME)
  const oid = oidText(fields.next(TAG.oid, "its type"), "an otherName")
  const wrapper = fields.next(OTHER_NAME, "its value")
  fields.end()
  if (oid !== UZI_OTHER_NAME) return []
  const value = new DerFields(wrapper, "the otherName 2.5.5.5", OTHER_NAME)
  const text = stringValue(value.next(TAG.ia5String, "its IA5String"), "the otherName 2.5.5.5")
  value.end()
  return [text]
}
