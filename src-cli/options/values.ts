import { z } from "zod"
import { parseCode } from "../../src-protocol/code.ts"
import { ProtocolError } from "../../src-protocol/errors.ts"
import { dayOf, printInstant, type Instant } from "../../src-protocol/instant.ts"
import { LANGUAGES } from "../../src-protocol/reason-words.ts"

/*
 * What the options of the command line may be, each with the sentence that says what it must be.
 */

export const FileName = z.string().min(1, "name a file")
export const Directory = z.string().min(1, "name a directory")
export const Text = z.string().min(1, "give at least one character")
export const Switch = z.boolean().default(false)

export const Port = wholeNumber(0, 65_535, "a port is a whole number from 0 to 65535; 0 takes any free one")
export const Seconds = wholeNumber(1, 7 * 24 * 60 * 60, "give whole seconds, from 1 up to those of a week")
export const SecondsOrNone = wholeNumber(
  0,
  7 * 24 * 60 * 60,
  "give whole seconds, from 0 up to those of a week",
)
export const FileDescriptor = wholeNumber(0, 1_023, "a file descriptor is a whole number, such as 3")

function wholeNumber(least: number, most: number, message: string) {
  return z
    .string()
    .regex(/^[0-9]{1,9}$/, message)
    .transform(Number)
    .refine((number) => number >= least && number <= most, message)
}

const TIME_MESSAGE = "give a time such as 2026-04-12T14:30:00Z, or a day such as 2026-04-12"
const TIME =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,3})?)?(Z|[+-][0-9]{2}:[0-9]{2}))?$/

/** RFC 3339 with its zone, or a day, which is its beginning in UTC. */
export const Time = z
  .string()
  .regex(TIME, TIME_MESSAGE)
  .refine(isDayThatThereIs, TIME_MESSAGE)
  .transform((text): Instant => Date.parse(text))
  .refine((instant) => !Number.isNaN(instant), TIME_MESSAGE)

/** A day that there is, as days since 1970-01-01 UTC. */
export const Day = z
  .string()
  .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, "give a day such as 2026-04-12")
  .refine(isDayThatThereIs, "there is no such day")
  .transform((text) => dayOf(Date.parse(text)))

/** `Date.parse` takes 30 February for 2 March. */
function isDayThatThereIs(text: string): boolean {
  const day = text.slice(0, "2026-04-12".length)
  const midnight = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(midnight) && printInstant(midnight).startsWith(day)
}

export const HashDigits = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "a hash is 64 hexadecimal digits, a to f in lower case")

/** The ten digits, as forgivingly as everywhere. */
export const CodeDigits = z.string().transform((text, context) => {
  try {
    return parseCode(text)
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    context.addIssue({ code: "custom", message: `${error.message}; it looks like 123456-7890` })
    return z.NEVER
  }
})

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "[::1]", "localhost"])

/** An origin: https, or plain HTTP on this machine. */
export const BackendUrl = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const fault = url === undefined ? "that is not an address" : whatIsWrongWith(url)
  if (url !== undefined && fault === undefined) return url.origin
  context.addIssue({
    code: "custom",
    message: `${fault ?? ""}; give scheme, host and port, such as http://127.0.0.1:8080 or https://backend.example`,
  })
  return z.NEVER
})

function whatIsWrongWith(url: URL): string | undefined {
  if (url.protocol !== "https:" && url.protocol !== "http:") return "a backend is spoken to over https"
  if (url.protocol === "http:" && !LOOPBACK.has(url.hostname))
    return "plain http is for a test backend on this machine only"
  if (
    url.pathname !== "/" ||
    url.search !== "" ||
    url.hash !== "" ||
    url.username !== "" ||
    url.password !== ""
  )
    return "nothing may follow host and port"
  return undefined
}

export const LanguageOption = z.enum(LANGUAGES, "choose nl or en").default("en")
