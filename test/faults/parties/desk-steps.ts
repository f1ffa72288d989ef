import { z } from "zod"
import { findSofthsmModule } from "../../../native/softhsm/find-softhsm-module.ts"
import { softhsmConfigurationPath } from "../../../native/softhsm/softhsm-home.ts"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { createCardHost, type CardHost } from "../../../src-main/card/host/card-host.ts"
import { forkChildProcess } from "../../../src-main/card/host/fork-child-process.ts"
import { createDesk } from "../../../src-main/consult/consult.ts"
import type { Desk } from "../../../src-main/consult/desk.ts"
import type { OutboxReport } from "../../../src-main/outbox/send-outbox.ts"
import { DeskError } from "../../../src-main/desk-problem.ts"
import { parseCode } from "../../../src-protocol/code.ts"
import { openPki } from "../../../src-testkit/pki/test-pki.ts"
import { boundary, PLAN_VARIABLE } from "../support/boundary.ts"
import { COMPILE_CACHE } from "../support/party.ts"
import type { Steps } from "./serve-steps.ts"

/** Of which parts a desk in these tests is made. */
export const DeskParty = z.strictObject({
  origin: z.string(),
  pki: z.string(),
  outbox: z.string(),
  softhsm: z.string(),
  serial: z.string(),
  /** The plan of its card process. */
  cardPlan: z.string(),
  timeoutMilliseconds: z.int(),
})
export type DeskParty = z.infer<typeof DeskParty>

export const PIN = "482915"
const CARD_ENTRY = new URL("card-host.ts", import.meta.url)

/** A card process on SoftHSM that follows a plan. */
export function plannedCardHost({ softhsm, cardPlan }: Pick<DeskParty, "softhsm" | "cardPlan">): CardHost {
  const environment = {
    SOFTHSM2_CONF: softhsmConfigurationPath(softhsm),
    [PLAN_VARIABLE]: cardPlan,
    ...COMPILE_CACHE,
  }
  return createCardHost({
    fork: forkChildProcess(environment),
    modulePath: findSofthsmModule(),
    entry: CARD_ENTRY,
  })
}

export async function deskOf(party: DeskParty): Promise<Steps> {
  const { trust } = await openPki(party.pki)
  let offset = 0
  const desk = createDesk({
    origin: party.origin,
    trust,
    crypto: nodeCrypto,
    cardHost: plannedCardHost(party),
    outboxDirectory: party.outbox,
    clock: () => Date.now() + offset,
    timeoutMilliseconds: party.timeoutMilliseconds,
  })
  return {
    authorise: (code) => authorise(desk, party.serial, String(code)),
    "send outbox": () => sendOutbox(desk, party.serial),
    clock: (input) => {
      offset = Number(input)
      return Promise.resolve(undefined)
    },
  }
}

/** How an attempt ended: by this signature, by a package that lay in the outbox, or long before. */
export type Attempt = "signed" | "sent-from-outbox" | "authorised-before"

function pin(): Uint8Array {
  return new TextEncoder().encode(PIN)
}

/**
 * What a clinician does, from wherever the desk stands: leaves what is on screen, signs in where nobody is, lets the
 * outbox go, and only then looks the code up and signs. Each part is a step of the boundary.
 */
export async function authorise(desk: Desk, serial: string, digits: string): Promise<Attempt> {
  const reports = await sendOutbox(desk, serial)
  if (reports.some(({ is }) => is === "delivered")) return "sent-from-outbox"
  try {
    await boundary.inStep("look up", () => desk.lookUp(parseCode(digits)))
  } catch (error) {
    if (error instanceof DeskError && error.problem.code === "ALREADY_HANDLED") return "authorised-before"
    throw error
  }
  await boundary.inStep("review", () => desk.reviewSigner())
  desk.confirm({ readBack: true, consent: true })
  await boundary.inStep("sign", () => {
    boundary.begin("give the PIN")
    return desk.sign(pin())
  })
  await boundary.inStep("post", () => desk.post())
  return "signed"
}

async function sendOutbox(desk: Desk, serial: string): Promise<readonly OutboxReport[]> {
  toTheBeginning(desk)
  if (desk.state.is !== "signed-out") return await boundary.inStep("send outbox", () => desk.sendOutbox())
  return (await boundary.inStep("sign in", () => desk.signIn(serial, pin()))).outbox
}

function toTheBeginning(desk: Desk): void {
  if (["problem", "done", "following"].includes(desk.state.is)) desk.leave()
  else if (["comparing", "reviewing", "entering-pin"].includes(desk.state.is)) desk.cancel()
}
