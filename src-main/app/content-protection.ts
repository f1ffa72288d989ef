import type { ConsultView, DeskState } from "../../src-preload/desk-state.ts"

const WITH_A_PIN: ReadonlySet<ConsultView["is"]> = new Set<ConsultView["is"]>([
  "signed-out",
  "signing-in",
  "entering-pin",
  "signing",
])

/** Whether a PIN can be typed in this state: nobody may film the screen then, not even as dots of known number. */
export function isPinTyped({ consult }: Pick<DeskState, "consult">): boolean {
  return WITH_A_PIN.has(consult.is)
}
