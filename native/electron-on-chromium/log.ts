/** Tells of the stand-in's own steps, with the milliseconds since the start, where ELECTRON_STANDIN_TRACE asks for it. */
export function trace(...words: readonly unknown[]): void {
  if (process.env["ELECTRON_STANDIN_TRACE"] === undefined) return
  say(performance.now().toFixed(0), ...words)
}

/** A line on the standard error, as Electron writes its own. */
export function say(...words: readonly unknown[]): void {
  process.stderr.write(`[stand-in] ${words.map(printed).join(" ")}\n`)
}

function printed(word: unknown): string {
  if (word instanceof Error) return word.stack ?? word.message
  return typeof word === "string" ? word : JSON.stringify(word)
}
