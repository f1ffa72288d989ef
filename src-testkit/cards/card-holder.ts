import { createHash } from "node:crypto"
import type { PassHolder } from "../pki/uzi-certificate.ts"
import type { CardProfile } from "../profiles.ts"
import { TestkitError } from "../testkit-error.ts"

/** ub-common-name and its like (RFC 5280 appendix A.1): 64 characters. */
const MAX_NAME_CHARACTERS = 64
const DEFAULT_ORGANISATION = "Tést Zorginstelling Vrijgave"

/**
 * The person on a test card: made-up numbers that are always the same for the same name, so that two cards of one name
 * are two cards of one person. Throws `malformed-name` for a name that no certificate could carry.
 */
export function cardHolder(profile: CardProfile, name: string, organisation?: string): PassHolder {
  checkName(name)
  const { givenName, surname } = splitName(name)
  return {
    givenName: shorten(givenName),
    surname: shorten(surname),
    commonName: shorten(name),
    ...(profile.title === undefined ? {} : { title: profile.title }),
    organisation: shorten(organisation ?? DEFAULT_ORGANISATION),
    uziNumber: `9${digitsFrom(`uzi:${name}`, 8)}`,
    passType: profile.passType,
    subscriberNumber: `9${digitsFrom(`subscriber:${name}`, 7)}`,
    roleCode: profile.roleCode,
    agbCode: profile.id === "huisarts" ? `01${digitsFrom(`agb:${name}`, 6)}` : "00000000",
  }
}

function checkName(name: string): void {
  if (name.trim() !== name || name === "" || /\p{C}/u.test(name)) {
    const message = "A name has at least one character, no spaces at its ends and nothing invisible in it."
    throw new TestkitError("malformed-name", message)
  }
}

/** The first word is the given name, the rest the surname with its prefixes; a single word serves as both. */
function splitName(name: string): { givenName: string; surname: string } {
  const space = name.indexOf(" ")
  if (space < 0) return { givenName: name, surname: name }
  return { givenName: name.slice(0, space), surname: name.slice(space + 1).trimStart() }
}

/** What is too long ends in a hyphen (CPS §3.1.4). */
function shorten(text: string): string {
  const characters = Array.from(text)
  if (characters.length <= MAX_NAME_CHARACTERS) return text
  return `${characters.slice(0, MAX_NAME_CHARACTERS - 1).join("")}-`
}

function digitsFrom(text: string, count: number): string {
  const hash = createHash("sha256").update(text).digest("hex")
  const number = BigInt(`0x${hash}`) % 10n ** BigInt(count)
  return number.toString().padStart(count, "0")
}
