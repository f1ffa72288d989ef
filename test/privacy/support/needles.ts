import { readFileSync } from "node:fs"
import { base64Of, base64UrlOf, bytesOfBase64Url, bytesOfHex } from "../../../src-protocol/bytes.ts"
import { decodeOpaque } from "../../../src-protocol/opaque.ts"
import { PhoneState } from "../../../src-phone/state/phone-state.ts"
import type { Needles } from "./search.ts"

/** What the phone's file says it holds. */
export function phoneState(file: string): PhoneState {
  return PhoneState.parse(JSON.parse(readFileSync(file, "utf8")))
}

/** All that must be somewhere, and nowhere else, of the disclosure that a phone has under way. */
export function needlesOf({ seed, disclosure }: PhoneState): Needles {
  if (disclosure === undefined || !("opaque" in disclosure)) throw new TypeError("nothing is under way")
  const opaque = bytesOfBase64Url(disclosure.opaque)
  const { salt, dayKey, code } = decodeOpaque(opaque)
  const drawn = "pickupKey" in disclosure ? disclosure : undefined
  return new Map([
    ["day key of the phone", bytesForms(bytesOfBase64Url(seed.key))],
    ["seed", bytesForms(dayKey)],
    ["salt", bytesForms(salt)],
    ["opaque", bytesForms(opaque)],
    ["code", textForms(code.reference + code.confirmation, `${code.reference}-${code.confirmation}`)],
    ...(drawn === undefined
      ? []
      : ([
          ["hash", [...textForms(drawn.hash), ...bytesForms(bytesOfHex(drawn.hash))]],
          ["pickupKey", bytesForms(bytesOfBase64Url(drawn.pickupKey))],
        ] as const)),
    ...("authorisation" in disclosure ? [["package", packageForms(disclosure.authorisation)] as const] : []),
  ])
}

/** Raw, and as every text that the protocol, a file or a message makes of bytes. */
export function bytesForms(bytes: Uint8Array): readonly Buffer[] {
  const texts = [base64UrlOf(bytes), base64Of(bytes), Buffer.from(bytes).toString("hex")]
  return [Buffer.from(bytes), ...textForms(...texts)]
}

export function textForms(...texts: readonly string[]): readonly Buffer[] {
  return texts.map((text) => Buffer.from(text, "utf8"))
}

/** Also as UTF-16, in which V8 and some libraries keep texts that are not ASCII alone. */
export function wideTextForms(text: string): readonly Buffer[] {
  return [Buffer.from(text, "utf8"), Buffer.from(text, "utf16le")]
}

/**
 * What no other package has: the signature at its end, and near its beginning what was signed, since a heap snapshot has
 * no more than the first 1,024 characters of a text. As written, in DER, and in base64url of it all.
 */
function packageForms(authorisation: string): readonly Buffer[] {
  const smime = Buffer.from(authorisation, "base64url")
  const lines = smime.toString("latin1").trimEnd().split("\r\n")
  const signature = lines.at(-2) ?? ""
  const signed = lines.slice(lines.indexOf("") + 1)[3] ?? ""
  const inBase64Url = [authorisation.slice(-400, -300), authorisation.slice(500, 600)]
  return [...textForms(signature, signed, ...inBase64Url), Buffer.from(signature, "base64")]
}
