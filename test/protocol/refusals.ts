import { expect } from "vitest"
import { ProtocolError, type ProtocolErrorCode } from "../../src-protocol/errors.ts"

/** Expects that `run` throws a ProtocolError with this code. */
export function expectRefusal(run: () => unknown, code: ProtocolErrorCode): void {
  expect(codeThrownBy(run)).toBe(code)
}

function codeThrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error instanceof ProtocolError ? error.code : error
  }
  return "nothing thrown"
}

/** Expects that `running` rejects with a ProtocolError of this code. */
export async function expectRejection(running: Promise<unknown>, code: ProtocolErrorCode): Promise<void> {
  const outcome = await running.then(
    () => "nothing thrown",
    (error: unknown) => (error instanceof ProtocolError ? error.code : error),
  )
  expect(outcome).toBe(code)
}
