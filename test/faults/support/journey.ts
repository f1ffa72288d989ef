import { readdir } from "node:fs/promises"
import { setTimeout as pause } from "node:timers/promises"
import { expect } from "vitest"
import type { BatchEntry } from "../../../src-protocol/batch.ts"
import { HOUR } from "../../../src-protocol/instant.ts"
import { checkAtAnyMoment, checkComplete, type Acknowledged } from "./invariants.ts"
import { PartyError } from "./party.ts"
import { LONG_AFTER, type Players, type Shown } from "./players.ts"
import { readPhoneState, seedOf } from "./records.ts"
import type { Scene } from "./scene.ts"

/** More than any fault of one journey costs, also on a busy machine. */
const MOST_ATTEMPTS = 20
const PAUSE_MILLISECONDS = 50

/** One journey as it went. */
export interface Walked {
  /** How often somebody was found dead. */
  readonly deaths: number
  /** What the others were told meanwhile: codes of errors, and what a phone called its trouble. */
  readonly told: readonly string[]
}

/** Where a journey stands, and how it gets on after a fault. */
export class Journey {
  readonly scene: Scene
  readonly players: Players
  readonly told: string[] = []
  deaths = 0
  seed: BatchEntry | undefined
  acknowledged: Acknowledged = { registered: false, accepted: false }

  constructor(scene: Scene, players: Players) {
    this.scene = scene
    this.players = players
  }

  /** Does a step again and again, as people would; whoever died is started again and a broken disk is mended. */
  async until<T>(
    action: () => Promise<T>,
    trouble: (value: T) => string | undefined = () => undefined,
  ): Promise<T> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const outcome = await attemptOf(action, trouble)
      if ("value" in outcome) return outcome.value
      this.told.push(outcome.trouble)
      // Who is about to die has died then.
      await pause(PAUSE_MILLISECONDS)
      await checkAtAnyMoment(this.scene, this.seed, this.acknowledged)
      await this.recover()
    }
    throw new Error(`this step has no end: ${this.told.join(", ")}`)
  }

  async recover(): Promise<void> {
    if (await this.players.revive()) this.deaths += 1
    await this.players.heal()
  }

  /** A phone's step, until the phone is where it leads. */
  phone(step: "register" | "wait" | "publish" | "withdraw", to: string): Promise<Shown> {
    return this.until(
      () => this.players.phone(step),
      (shown) => (shown.step === to ? shown.trouble : (shown.trouble ?? shown.step)),
    )
  }

  async register(): Promise<string> {
    const { code } = await this.phone("register", "registered")
    this.seed = await seedOf(this.scene.phoneFile)
    this.acknowledged = { registered: true, accepted: false }
    if (code === undefined) throw new TypeError("a phone that is registered has a code")
    return code.digits
  }

  async authorise(digits: string): Promise<void> {
    await this.until(() => this.players.desk(digits))
    this.acknowledged = { registered: true, accepted: true }
  }
}

/** The value of one attempt, or what people are told of why there is none. */
export async function attemptOf<T>(
  action: () => Promise<T>,
  troubleOf: (value: T) => string | undefined,
): Promise<{ readonly value: T } | { readonly trouble: string }> {
  try {
    const value = await action()
    const trouble = troubleOf(value)
    return trouble === undefined ? { value } : { trouble }
  } catch (error) {
    if (error instanceof PartyError) return { trouble: error.code }
    throw error
  }
}

/**
 * Walks from the code to the published batch and on until everything is forgotten. After each failure the rules that hold
 * at any moment are checked, at the end those of a journey that is complete.
 */
export async function walk(scene: Scene, players: Players): Promise<Walked> {
  const journey = new Journey(scene, players)
  await journey.authorise(await journey.register())
  await journey.phone("wait", "verified")
  const before = await readPhoneState(scene.phoneFile)
  await journey.phone("publish", "done")
  expect((await readPhoneState(scene.phoneFile))?.seed.key, "rekeyed").not.toBe(before?.seed.key)
  await journey.until(async () => {
    await players.setClock("backend", 2 * HOUR)
    await players.backend("aggregate")
  })
  // What a disk did not let go lies there still.
  await players.heal()
  if ((await readdir(scene.outbox)).length > 0) await players.sendOutbox()
  await checkComplete(scene, journey.seed)
  await forgetAll(journey)
  expect(await scene.records(journey.seed)).toMatchObject({
    disclosures: 0,
    accepted: 0,
    queued: 0,
    published: 1,
  })
  return journey
}

/** As `walk`, but the patient takes it back when the package is there: nothing of it goes out, ever. */
export async function walkAndWithdraw(scene: Scene, players: Players): Promise<Walked> {
  const journey = new Journey(scene, players)
  await journey.authorise(await journey.register())
  await journey.phone("wait", "verified")
  journey.acknowledged = { registered: true, accepted: false }
  await journey.phone("withdraw", "withdrawn")
  await journey.until(async () => {
    await players.setClock("backend", 2 * HOUR)
    await players.backend("aggregate")
  })
  expect(await scene.records(journey.seed)).toMatchObject({ used: 0, queued: 0, published: 0 })
  expect((await readPhoneState(scene.phoneFile))?.disclosure).toEqual({ step: "withdrawn" })
  expect(await readdir(scene.outbox)).toEqual([])
  return journey
}

async function forgetAll(journey: Journey): Promise<void> {
  journey.acknowledged = { registered: false, accepted: false }
  await journey.until(async () => {
    await journey.players.setClock("backend", LONG_AFTER)
    await journey.players.backend("keep house")
  })
  await journey.recover()
}
