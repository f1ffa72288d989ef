import { asciiBytes, asciiText, equalBytes } from "./bytes.ts"
import { printCode, type Code } from "./code.ts"
import { ProtocolError } from "./errors.ts"

/** What the clinician signs: which data, by its hash, and which code the patient gave. */
export interface Statement {
  /** SHA-256 of the opaque, 64 lower-case hex digits. */
  readonly hash: string
  readonly code: Code
}

// A MIME entity (RFC 2045) of its own, so that any mail client shows what was signed.
const BEGINNING_TEXT = [
  "Content-Type: text/plain; charset=us-ascii",
  "Content-Transfer-Encoding: 7bit",
  "",
  "DP-3T disclosure authorisation 1",
  "",
].join("\r\n")
const BEGINNING = asciiBytes(BEGINNING_TEXT)
const STATEMENT = /^hash: ([0-9a-f]{64})\r\ncode: ([0-9]{6})-([0-9]{4})\r\n$/

/** The exact bytes of the statement; throws `malformed-statement` or `malformed-code` where a part cannot be written. */
export function encodeStatement(statement: Statement): Uint8Array {
  if (!/^[0-9a-f]{64}$/.test(statement.hash)) throw malformed("the hash is not 64 lower-case hex digits")
  return asciiBytes(`${BEGINNING_TEXT}hash: ${statement.hash}\r\ncode: ${printCode(statement.code)}\r\n`)
}

/** Reads those bytes and no others: nothing before, between or after. Throws `malformed-statement`. */
export function decodeStatement(bytes: Uint8Array): Statement {
  if (!equalBytes(bytes.subarray(0, BEGINNING.length), BEGINNING))
    throw malformed("the lines before the hash are not the agreed ones")
  const rest = asciiText(bytes.subarray(BEGINNING.length)) ?? ""
  const [, hash, reference, confirmation] = STATEMENT.exec(rest) ?? []
  if (hash === undefined || reference === undefined || confirmation === undefined)
    throw malformed("hash or code is not in the agreed form")
  return { hash, code: { reference, confirmation } }
}

function malformed(what: string): ProtocolError {
  return new ProtocolError("malformed-statement", `statement: ${what}`)
}
