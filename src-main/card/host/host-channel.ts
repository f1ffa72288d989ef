/**
 * One running host process, however it was started. The other side of it is `parent.ts`, which speaks to either kind of
 * parent. Messages cross by structured clone: objects, texts, numbers and bytes, which arrive as bytes.
 */
export interface HostChannel {
  /** Hands the message over; when it returns, the message is copied and may be wiped. */
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, with what is known of how it ended: a crash, a kill, or an exit that nobody asked for. */
  onExit(listener: (how: string) => void): void
  /** At once and without asking (SIGKILL): a module that hangs answers to nothing else. `onExit` is still called. */
  kill(): void
}

/** Starts an entry file in a process of its own: `utilityProcess` in Electron, child_process on the command line. */
export type Fork = (entry: URL) => HostChannel
