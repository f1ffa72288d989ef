import { OPERATIONS } from "./fault-operations.ts"

export type FaultParty = keyof typeof OPERATIONS
export const FAULT_PARTIES = [
  "backend",
  "phone",
  "desk",
  "card host",
] as const satisfies readonly FaultParty[]

/** What begins and has no end of its own. */
const WITHOUT_AFTER = /^(handling|give the PIN)( #[0-9]+)?$/

/** All points of a party, in order. */
export function faultPointsOf(party: FaultParty): readonly string[] {
  return Object.entries(OPERATIONS[party]).flatMap(([step, operations]) =>
    operations.split("·").flatMap((text) => pointsAround(step, text.trim())),
  )
}

function pointsAround(step: string, operation: string): readonly string[] {
  const before = `${step}: before ${operation}`
  return WITHOUT_AFTER.test(operation) ? [before] : [before, `${step}: after ${operation}`]
}

/** The patient takes it back: a step that no journey to the batch has. */
export function isOfWithdrawal(point: string): boolean {
  return point.startsWith("withdraw:")
}

/** One of each kind, for every run of the tests; `test/long/faults-*.test.ts` take them all. */
export const REPRESENTATIVE_POINTS: Readonly<Record<FaultParty, readonly string[]>> = {
  backend: [
    "start: before COMMIT",
    "register: after COMMIT #2",
    "accept: before COMMIT #2",
    "accept: after COMMIT #2",
    "publish: before COMMIT #2",
    "publish: before answer",
    "aggregate: after COMMIT",
  ],
  phone: [
    "register: after send register",
    "wait: after rename to phone.json",
    "publish: after send publish",
    "publish: before rename to phone.json #3",
    "withdraw: before send withdraw",
  ],
  desk: ["post: before rename to (package).json", "post: after sync folder", "post: after send accept"],
  "card host": ["sign by signature key: before C_Sign", "sign by signature key: before answer"],
}
