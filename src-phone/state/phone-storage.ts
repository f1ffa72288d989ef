/**
 * Where the phone keeps its state: one piece of bytes, written durably or not at all.
 * `file-storage.ts` is the adapter for Node; on a real phone another takes its place.
 */
export interface PhoneStorage {
  /** The bytes written last, or `undefined` where nothing was ever written. */
  read(): Promise<Uint8Array | undefined>
  /**
   * Replaces `expected` (what `read` answered) with `bytes`; resolves when they would survive a power cut.
   * Throws PhoneError `state-changed` where something else is there by now, and then writes nothing.
   */
  write(bytes: Uint8Array, expected: Uint8Array | undefined): Promise<void>
}
