/** HTML that needs no more escaping: made by `html` alone. */
export interface Html {
  readonly html: string
}

type Part = string | Html | readonly Html[]

/** A template whose values are escaped, unless they are made by this template themselves. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: texts.map((text, i) => text + printed(parts[i])).join("") }
}

function printed(part: Part | undefined): string {
  if (part === undefined) return ""
  if (typeof part === "string") return escaped(part)
  return "html" in part ? part.html : part.map((one) => one.html).join("")
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "")
}
