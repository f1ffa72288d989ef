import type { Terminal } from "./terminal.ts"

/** One JSON document on standard output. */
export function printJson(terminal: Pick<Terminal, "print">, value: unknown): void {
  terminal.print(JSON.stringify(value, undefined, 2))
}
