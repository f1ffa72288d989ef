import type { Command } from "commander"
import { Option } from "commander"
import type { z } from "zod"
import { CliError, EXIT, type ExitCode } from "./cli-error.ts"
import type { Terminal } from "./terminal.ts"

/** One flag, as the help shows it: `["--dir <directory>", "where the hierarchy is made"]`. */
export interface Flag {
  readonly flags: string
  readonly describes: string
  readonly required?: boolean
  /** Given more than once, all count. */
  readonly repeatable?: boolean
}

/** A command, told in full: `options` parses what the shell gave, and `run` is handed the result. */
export interface CommandSpec<Schema extends z.ZodType> {
  /** With its arguments: `verify <file>`. */
  readonly name: string
  readonly summary: string
  /** What the help says besides, in whole sentences. */
  readonly details?: string
  readonly examples: readonly string[]
  readonly flags: readonly Flag[]
  readonly options: Schema
  run(options: z.output<Schema>, terminal: Terminal): Promise<ExitCode | undefined>
}

/** Where commands are hung in, and where the last one leaves its exit code. */
export interface Cli {
  readonly terminal: Terminal
  exitCode: ExitCode
}

/** Hangs a command in below `parent`. What its options do not take is a usage error that names the option. */
export function addCommand<Schema extends z.ZodType>(
  parent: Command,
  cli: Cli,
  spec: CommandSpec<Schema>,
): void {
  const command = parent.command(spec.name).description(spec.summary)
  for (const flag of spec.flags) command.addOption(optionOf(flag))
  command.addHelpText("after", helpAfter(spec))
  command.action(async () => {
    const options = parseOptions(spec.options, command)
    cli.exitCode = (await spec.run(options, cli.terminal)) ?? EXIT.success
  })
}

/** A group of commands: `vrijgave pki …`. */
export function addGroup(parent: Command, name: string, summary: string): Command {
  return parent.command(name).description(summary)
}

function optionOf({ flags, describes, required = false, repeatable = false }: Flag): Option {
  const option = new Option(flags, repeatable ? `${describes} (may be given more than once)` : describes)
  option.makeOptionMandatory(required)
  if (repeatable) {
    option.default([], "none")
    option.argParser((value: string, before: readonly string[]) => [...before, value])
  }
  return option
}

function helpAfter({ details, examples }: Pick<CommandSpec<z.ZodType>, "details" | "examples">): string {
  const told = details === undefined ? "" : `\n${details}\n`
  return `${told}\nFor example:\n${examples.map((example) => `  ${example}`).join("\n")}\n`
}

function parseOptions<Schema extends z.ZodType>(schema: Schema, command: Command): z.output<Schema> {
  const values: readonly unknown[] = command.processedArgs
  const named = command.registeredArguments.map((argument, i) => [argument.name(), values[i]] as const)
  const argumentValues = Object.fromEntries(named)
  const parsed = schema.safeParse({ ...command.opts<Record<string, unknown>>(), ...argumentValues })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const name = String(issue?.path[0] ?? "")
  const flag =
    name in argumentValues
      ? `<${name}>`
      : `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  const value: unknown = argumentValues[name] ?? command.getOptionValue(name)
  const shown = typeof value === "string" ? `${flag} ${JSON.stringify(value)}` : flag
  throw new CliError("usage", `${shown}: ${issue?.message ?? "wrong options"}`)
}
