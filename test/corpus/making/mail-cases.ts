import { writePackage } from "../../support/package-writer.ts"
import { ascii, posted, text, written, type CorpusCase } from "./corpus-case.ts"

const END_OF_HEADER = "\r\n\r\n"

function body(message: string): string {
  return message.slice(message.indexOf(END_OF_HEADER) + END_OF_HEADER.length)
}

function header(message: string): string {
  return message.slice(0, message.indexOf(END_OF_HEADER) + END_OF_HEADER.length)
}

/** base64 in lines of so many columns. */
function inColumns(message: string, columns: number): string {
  const digits = body(message).replaceAll("\r\n", "")
  return header(message) + digits.replace(new RegExp(`.{1,${columns}}`, "g"), "$&\r\n")
}

/** What a mail server, a sloppy program or an attacker does to the MIME around a good message. */
export const MAIL_CASES: readonly CorpusCase[] = [
  posted("base64 in lines of 76 columns, as most mail has it", (message) => inColumns(message, 76)),
  posted("base64 in one line", (message) => inColumns(message, 20_000)),
  posted("CR alone as line end", (message) => message.replaceAll("\r\n", "\r")),
  posted("a blank line at the end", (message) => `${message}\r\n`),
  posted("no line end at the end", (message) => message.slice(0, -2)),
  posted("a blank line at the beginning", (message) => `\r\n${message}`),
  posted("a byte order mark at the beginning", (message) => `\u00ef\u00bb\u00bf${message}`),
  posted("header names in lower case", (message) => message.replace("MIME-Version", "mime-version")),
  posted("no MIME-Version", (message) => message.replace("MIME-Version: 1.0\r\n", "")),
  posted("no Content-Disposition", (message) => message.replace(/Content-Disposition[^\r]*\r\n/, "")),
  posted(
    "a Received line that a mail server added",
    (message) => `Received: from mail.example\r\n${message}`,
  ),
  posted("a Subject", (message) => message.replace("1.0\r\n", "1.0\r\nSubject: 012345-0678\r\n")),
  posted("another file name", (message) => message.replace('filename="smime.p7m"', 'filename="other.p7m"')),
  posted("a folded Content-Type", (message) => message.replace("; name=", ";\r\n\tname=")),
  posted("the media type of before RFC 5751", (message) => message.replace("/pkcs7-mime", "/x-pkcs7-mime")),
  posted("said to be enveloped data", (message) => message.replace("=signed-data", "=enveloped-data")),
  posted("said to be binary", (message) => message.replace(": base64", ": binary")),
  posted("a space within the base64", (message) => `${header(message)} ${body(message)}`),
  posted(
    "a character that base64 does not have",
    (message) => header(message) + body(message).replace("M", "*"),
  ),
  posted(
    "base64 of the URL alphabet",
    (message) => header(message) + body(message).replaceAll("+", "-").replaceAll("/", "_"),
  ),
  posted("bits in the base64 that nothing needs", withSpareBits),
  posted("nothing after the header", header),
  posted("nothing at all", () => ""),
  posted("bare DER", (message) => Buffer.from(body(message), "base64").toString("latin1")),
  posted("PEM", (message) => `-----BEGIN CMS-----\r\n${body(message)}-----END CMS-----\r\n`),
  posted("the message twice", (message) => message + message),
  posted("one byte more than 16 KiB", (message) => message + "A".repeat(16 * 1024 + 1 - message.length)),
  posted(
    "within a message of its own (message/rfc822)",
    (message) => `Content-Type: message/rfc822\r\n\r\n${message}`,
  ),
  posted("within a multipart/mixed", inMultipart),
  posted("one of two parts, the other with another statement", (message) =>
    inMultipart(message).replace("--b--", "--b\r\n\r\ncode: 999999-9999\r\n--b--"),
  ),
  written("base64 of base64", "malformed-cms", { smime: (usual) => wrapAgain(usual) }),
  {
    what: "an S/MIME message within the signed content of another (nested)",
    expect: "malformed-statement",
    make: async ({ content, now, signerOf }) => {
      const signer = await signerOf("arts")
      const inner = await writePackage(content, signer, now, {
        certificates: signer.certificateChain.slice(0, 1),
      })
      return await writePackage(inner, signer, now, { certificates: signer.certificateChain })
    },
  },
]

function inMultipart(message: string): string {
  return `MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${message}\r\n--b--\r\n`
}

/** The last digit before the padding carries bits that are not of any byte. */
function withSpareBits(message: string): string {
  const padded = /([A-Za-z0-9+/])(=+)\r\n$/.exec(message)
  if (padded?.[1] === undefined || padded[2] === undefined) return message.replace(/.\r\n$/, "=\r\n")
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  const other = alphabet[alphabet.indexOf(padded[1]) ^ 1] ?? "A"
  return message.slice(0, padded.index) + other + padded[2] + "\r\n"
}

function wrapAgain(usual: Uint8Array): Uint8Array {
  const digits = Buffer.from(ascii(body(text(usual))))
  return ascii(header(text(usual)) + digits.toString("base64").replace(/.{1,64}/g, "$&\r\n"))
}
