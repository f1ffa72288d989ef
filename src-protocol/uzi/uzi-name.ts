/**
 * The UZI name: the otherName 2.5.5.5 in the SubjectAltName of every UZI certificate
 * (CIBG, Certification Practice Statement UZI-register 10.3, section 7.1.5, tables 10 to 12).
 */
export type PassType = "Z" | "N" | "M" | "S"

export interface UziName {
  /** The object identifier of the authority that issued the pass. */
  readonly authorityOid: string
  /** `1` in every pass. */
  readonly version: string
  /** Nine digits; the person's for Z and N. */
  readonly uziNumber: string
  readonly passType: PassType
  /** The subscriber (abonnee, URA): eight digits. */
  readonly subscriberNumber: string
  /** `NN.NNN`: profession and specialism. */
  readonly roleCode: string
  /** Eight digits, `00000000` for none. */
  readonly agbCode: string
}

const FORM =
  /^(?<authorityOid>[0-2](?:\.(?:0|[1-9][0-9]*))+)-(?<version>[0-9])-(?<uziNumber>[0-9]{9})-(?<passType>[ZNMS])-(?<subscriberNumber>[0-9]{8})-(?<roleCode>[0-9]{2}\.[0-9]{3})-(?<agbCode>[0-9]{8})$/
const MAX_CHARACTERS = 128

/** The parts of a UZI name, or `undefined` where the text is not exactly one. Which values are allowed is not asked. */
export function parseUziName(text: string): UziName | undefined {
  // In JavaScript `$` without the m flag is the very end: a trailing line feed does not match.
  const groups = text.length <= MAX_CHARACTERS ? FORM.exec(text)?.groups : undefined
  if (groups === undefined) return undefined
  const { authorityOid, version, uziNumber, passType, subscriberNumber, roleCode, agbCode } = groups
  if (
    authorityOid === undefined ||
    version === undefined ||
    uziNumber === undefined ||
    !isPassType(passType) ||
    subscriberNumber === undefined ||
    roleCode === undefined ||
    agbCode === undefined
  ) {
    return undefined
  }
  return { authorityOid, version, uziNumber, passType, subscriberNumber, roleCode, agbCode }
}

function isPassType(text: string | undefined): text is PassType {
  return text === "Z" || text === "N" || text === "M" || text === "S"
}

/** The text of a UZI name, as it stands in a certificate. */
export function printUziName(name: UziName): string {
  const { authorityOid, version, uziNumber, passType, subscriberNumber, roleCode, agbCode } = name
  return [authorityOid, version, uziNumber, passType, subscriberNumber, roleCode, agbCode].join("-")
}
