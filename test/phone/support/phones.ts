import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished } from "vitest"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { parseCode, type Code } from "../../../src-protocol/code.ts"
import { composeAuthorisation, type Signer } from "../../../src-protocol/signed-data.ts"
import type { TrustProfile } from "../../../src-protocol/uzi/trust-profile.ts"
import type { PhoneSettings } from "../../../src-phone/phone-context.ts"
import { PhoneError, type PhoneErrorCode } from "../../../src-phone/phone-error.ts"
import type { PhoneView } from "../../../src-phone/phone-view.ts"
import { createPhone, type Phone, type PhoneParts } from "../../../src-phone/phone.ts"
import { fileStorage } from "../../../src-phone/state/file-storage.ts"
import { PhoneState } from "../../../src-phone/state/phone-state.ts"

/** A directory that goes with the test. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-phone-"))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

/** As few waits as a test can do with. */
export const QUICK: Partial<PhoneSettings> = {
  longPollSeconds: 0,
  pauseMilliseconds: 5,
  publicationWaitSeconds: 0,
  timeoutMilliseconds: 5_000,
}

export interface TestPhone {
  readonly phone: Phone
  readonly file: string
  /** What is on the disk now. */
  readonly state: () => Promise<PhoneState>
}

/** A phone on a state file of its own, or on `file` again: as after a restart. */
export async function testPhone(
  backend: string,
  trust: TrustProfile,
  changes: Partial<PhoneParts> & { readonly file?: string } = {},
): Promise<TestPhone> {
  const { file = join(await temporaryDirectory(), "phone.json"), settings, ...parts } = changes
  const phone = createPhone({
    storage: fileStorage(file),
    backend,
    trust,
    crypto: nodeCrypto,
    clock: Date.now,
    language: "en",
    ...parts,
    settings: { ...QUICK, ...settings },
  })
  return { phone, file, state: () => readState(file) }
}

export async function readState(file: string): Promise<PhoneState> {
  return PhoneState.parse(JSON.parse(await readFile(file, "utf8")))
}

/** The code that a patient would read out. */
export function codeShown(view: PhoneView): Code {
  if (view.code === undefined) throw new TypeError("the phone shows no code")
  return parseCode(view.code.digits)
}

export interface SigningChanges {
  readonly hash?: string
  readonly code?: Code
  readonly signedAt?: number
}

/** What a clinician with `signer` makes of what this phone shows, or of something else. */
export function signFor(view: PhoneView, signer: Signer, changes: SigningChanges = {}): Promise<Uint8Array> {
  const statement = { hash: changes.hash ?? view.hash ?? "", code: changes.code ?? codeShown(view) }
  return composeAuthorisation(nodeCrypto, statement, signer, changes.signedAt ?? Date.now())
}

/** Asserts that `step` fails with `code`. */
export async function expectPhoneError(step: Promise<unknown>, code: PhoneErrorCode): Promise<PhoneError> {
  const error: unknown = await step.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(PhoneError)
  if (!(error instanceof PhoneError)) throw error
  expect(error.code).toBe(code)
  return error
}
