/** 0: it is so; 1: it failed; 2: it was asked for in the wrong way; 3: it was judged and refused. */
export const EXIT = { success: 0, failure: 1, usage: 2, refused: 3 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

const EXIT_OF = { failed: EXIT.failure, usage: EXIT.usage, refused: EXIT.refused } as const
export type CliErrorCode = keyof typeof EXIT_OF

/** What a command throws itself. The message is for the person at the terminal: the cause, and the next step. */
export class CliError extends Error {
  readonly code: CliErrorCode
  readonly exitCode: ExitCode

  constructor(code: CliErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = "CliError"
    this.code = code
    this.exitCode = EXIT_OF[code]
  }
}
