/** Who signed, as far as people say it. */
export interface NamedSigner {
  readonly name: string
  readonly title?: string | undefined
  readonly profession: string
  readonly organisation?: string | undefined
}

/** The name as people say it: "dr. A. de Vries (huisarts), Praktijk Noord"; a title that is the profession is said once. */
export function signerText({ name, title = "", profession, organisation = "" }: NamedSigner): string {
  const titled = title === "" ? name : `${title} ${name}`
  const isSaid = profession === "" || title.toLowerCase() === profession.toLowerCase()
  const withProfession = isSaid ? titled : `${titled} (${profession})`
  return organisation === "" ? withProfession : `${withProfession}, ${organisation}`
}
