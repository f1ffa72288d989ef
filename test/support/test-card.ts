import { join } from "node:path"
import type { RunningBackend } from "../../src-backend/server.ts"
import { createCard } from "../../src-testkit/cards/create-card.ts"
import type { Card } from "../../src-testkit/cards/card-record.ts"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"
import type { CardProfileId } from "../../src-testkit/profiles.ts"
import { vrijgave, type Ran, type Script } from "./scripted-terminal.ts"

/** The parties of a journey on the command line: a backend, a SoftHSM home with cards, a directory for phones. */
export interface Stage {
  readonly pki: TestPki
  readonly backend: RunningBackend
  readonly directory: string
}

export function cardsIn({ directory }: Stage): string {
  return join(directory, "cards")
}

/** A card on a SoftHSM token; its PIN is 123456. */
export async function cardOn(stage: Stage, profile: CardProfileId, name: string): Promise<Card> {
  return await createCard({
    ...{ pki: stage.pki, softhsmDirectory: cardsIn(stage), profile, name, pin: "123456", at: Date.now() },
  })
}

/** A phone command; the state is a file of that name. */
export async function phone(
  stage: Stage,
  step: string,
  state: string,
  ...more: readonly string[]
): Promise<Ran & { readonly view: Readonly<Record<string, unknown>> }> {
  const { pki, backend, directory } = stage
  const files = ["--state", join(directory, state), "--root", join(pki.directory, "root.pem")]
  const ran = await vrijgave(["phone", step, ...files, "--backend", backend.origin, "--json", ...more])
  // A failing command prints nothing: then there is no view to look at.
  const view: unknown = ran.printed === "" ? {} : JSON.parse(ran.printed)
  return { ...ran, view: Object.fromEntries(Object.entries(view ?? {})) }
}

/** Registers on a fresh phone and answers what the patient says: the digits, and the two check words. */
export async function registered(
  stage: Stage,
  state: string,
): Promise<{ readonly digits: string; readonly checkWords: string; readonly trustwords: string }> {
  const { view } = await phone(stage, "register", state)
  const code = Object.fromEntries(Object.entries(view["code"] ?? {}))
  const words = (name: string) => [code[name]].flat().map(String)
  return {
    digits: String(code["digits"]),
    checkWords: words("readBackWords").join(" "),
    trustwords: words("trustwords").join(" "),
  }
}

/** `vrijgave sign` with that card; the PIN comes from the environment variable CARD_PIN, which is 123456 unless told. */
export async function sign(
  stage: Stage,
  token: string,
  code: string,
  more: readonly string[] = ["--consent", "--read-back-confirmed"],
  script: Script = {},
): Promise<Ran> {
  const where = [
    "--backend",
    stage.backend.origin,
    "--softhsm",
    cardsIn(stage),
    "--token",
    token,
    "--code",
    code,
  ]
  const pin = script.secret === undefined ? ["--pin-env", "CARD_PIN"] : []
  const environment = { CARD_PIN: "123456", ...script.environment }
  return await vrijgave(["sign", ...where, ...pin, "--follow", "0", ...more], { ...script, environment })
}
