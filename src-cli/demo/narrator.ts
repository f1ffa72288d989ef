import type { Terminal } from "../terminal.ts"

/** Tells the demonstration: numbered steps, plain sentences, and what stands on the screens. */
export interface Narrator {
  step(title: string): void
  /** One paragraph. */
  say(...sentences: readonly string[]): void
  /** What a person sees or hears, in the language in which they would. */
  quote(who: string, ...lines: readonly string[]): void
}

const WIDTH = 100

export function createNarrator(terminal: Pick<Terminal, "print">): Narrator {
  let number = 0
  const printWrapped = (text: string, first: string, next: string) => {
    for (const [i, line] of wrapped(text, WIDTH - next.length).entries()) {
      terminal.print(`${i === 0 ? first : next}${line}`)
    }
  }
  return {
    step(title) {
      number += 1
      terminal.print("")
      terminal.print(`${String(number)}. ${title}`)
    },
    say(...sentences) {
      printWrapped(sentences.join(" "), "   ", "   ")
    },
    quote(who, ...lines) {
      if (who !== "") terminal.print(`   ${who}`)
      for (const line of lines) printWrapped(line, "   | ", "   | ")
    },
  }
}

/** In lines of at most `width` characters, broken at spaces; a longer word, such as a hash, has a line of its own. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ""
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === "" ? word : `${line} ${word}`
  }
  return [...lines, line]
}
