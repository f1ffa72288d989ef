import { DatabaseSync } from "node:sqlite"
import { StoreError } from "./store-error.ts"

/**
 * Takes a store for this process alone, and answers how to give it back. Two backends on one store would each keep
 * budgets, nonces and waiters of their own. The lock is one of the operating system on a file beside the store, so a
 * process that is killed leaves none behind. Throws `in-use`.
 */
export function lockStore(file: string): () => void {
  const lock = new DatabaseSync(`${file}.lock`, { timeout: 0 })
  try {
    lock.exec("BEGIN EXCLUSIVE")
  } catch (cause) {
    lock.close()
    throw new StoreError(
      "in-use",
      `${file} is in use by another backend: stop that one, or use another directory`,
      {
        cause,
      },
    )
  }
  return () => {
    if (lock.isOpen) lock.close()
  }
}
