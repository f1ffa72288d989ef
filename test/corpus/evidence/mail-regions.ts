const END_OF_HEADER = "\r\n\r\n"

/** For each byte of an S/MIME message the name of the region that it is in. */
export function regionsOfMail(message: Uint8Array): readonly string[] {
  const text = Buffer.from(message).toString("latin1")
  const body = text.indexOf(END_OF_HEADER) + END_OF_HEADER.length
  let line = "MIME-Version"
  return Array.from(text, (character, at) => {
    if (at >= body) return inBody(character)
    if (at > 0 && text[at - 1] === "\n") line = /^[A-Za-z-]*/.exec(text.slice(at))?.[0] ?? ""
    return line === "" ? "blank line after the header" : `header line ${line}`
  })
}

function inBody(character: string): string {
  if (character === "\r" || character === "\n") return "line ends of the base64"
  return character === "=" ? "base64 padding" : "base64 digits"
}
