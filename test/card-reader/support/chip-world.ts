import { verifyAuthorisation } from "../../../src-protocol/verify-authorisation.ts"
import { readCrls } from "../../../src-testkit/pki/test-pki.ts"
import { openDeskWorld, type DeskWorld, type Phone } from "../../desk/support/desk-world.ts"
import { factsAt } from "../../support/judging-world.ts"
import { openGate, type Gate } from "./gate.ts"

/** A backend behind a gate, and every package that any desk posted through it. */
export interface ChipWorld extends DeskWorld {
  readonly gate: Gate
  /**
   * What was posted for this phone, package by package: "right" where it is what this clinician was asked to sign for this
   * patient, else what the judging says.
   */
  postedFor(phone: Phone, uziNumber: string): Promise<readonly string[]>
}

const NO_LIMIT = 1_000_000

/** For as many consults as a test wants: budgets are for people. */
export async function openChipWorld(): Promise<ChipWorld> {
  let behind = ""
  const gate = await openGate(() => behind)
  const world = await openDeskWorld(
    {
      ...{ registrationsPerIpv4PerHour: NO_LIMIT, callsPerAddressPerMinute: NO_LIMIT },
      ...{ lookUpsPerClinicianPerHour: NO_LIMIT, attemptsPerClinicianPerHour: NO_LIMIT },
      authorisationsPerClinicianPerDay: NO_LIMIT,
    },
    gate.origin,
  )
  behind = world.backend.origin
  const crls = await readCrls(world.pki)
  const judge = async (phone: Phone, uziNumber: string, authorisation: Uint8Array): Promise<string> => {
    const verdict = await verifyAuthorisation(authorisation, factsAt(Date.now(), world.pki.trust, crls))
    if (verdict.is === "refused") return verdict.reason
    const isRight =
      verdict.hash === phone.hash &&
      verdict.confirmation === phone.code.confirmation &&
      verdict.signer.uziNumber === uziNumber
    return isRight ? "right" : "of another consult or signer"
  }
  return {
    ...world,
    gate,
    postedFor: (phone, uziNumber) =>
      Promise.all(
        gate.posted
          .filter(({ reference }) => reference === phone.code.reference)
          .map(({ authorisation }) => judge(phone, uziNumber, authorisation)),
      ),
  }
}
