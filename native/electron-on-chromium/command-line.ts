/** Electron's command line, taken apart. */
export interface CommandLine {
  readonly preloads: readonly string[]
  readonly switches: ReadonlyMap<string, string>
  /** The folder or file of the application; undefined where none is named. */
  readonly target: string | undefined
  readonly asksVersion: boolean
}

/** Reads the arguments behind the executable: `-r module`, switches, the application; switches after it count as well. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const preloads: string[] = []
  const switches = new Map<string, string>()
  let target: string | undefined
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? ""
    if (target === undefined && (arg === "-r" || arg === "--require")) {
      index += 1
      preloads.push(args[index] ?? "")
    } else if (arg.startsWith("--")) addSwitch(switches, arg)
    else target ??= arg.startsWith("-") ? undefined : arg
  }
  return { preloads, switches, target, asksVersion: args[0] === "--version" || args[0] === "-v" }
}

function addSwitch(switches: Map<string, string>, arg: string): void {
  const end = arg.indexOf("=")
  if (end < 0) switches.set(arg.slice(2), "")
  else switches.set(arg.slice(2, end), arg.slice(end + 1))
}
