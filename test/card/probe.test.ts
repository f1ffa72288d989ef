import { beforeAll, describe, expect, test } from "vitest"
import type { CardHost } from "../../src-main/card/host/card-host.ts"
import { cardFitness } from "../../src-main/card/card-fitness.ts"
import { CardError, type CardProblem } from "../../src-main/card/card-error.ts"
import type { Token } from "../../src-main/card/host/host-messages.ts"
import { probe, type Probe } from "../../src-main/card/probe.ts"
import { readCard, type Card } from "../../src-main/card/read-card.ts"
import type { Reader, ReaderCard, Readers } from "../../src-main/card/readers.ts"
import { DAY } from "../../src-protocol/instant.ts"
import { PRODUCTION, TEST } from "../../src-protocol/uzi/environments.ts"
import type { TrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import type { CardProfileId } from "../../src-testkit/profiles.ts"
import { testPki } from "../support/test-pki.ts"
import { openCardHome } from "./support/card-home.ts"

const NOW = Date.now()
const YEARS = 365 * DAY

let trust: TrustProfile
let read: (profile: CardProfileId) => Promise<Card>

beforeAll(async () => {
  const home = await openCardHome()
  trust = (await testPki()).trust
  const made = new Map<CardProfileId, Promise<Card>>()
  const make = async (profile: CardProfileId): Promise<Card> => {
    const card = await home.make({ profile, name: `Card ${profile}` })
    // SoftHSM reads its folder once: a new token wants a new process.
    return await readCard(home.host(), card.tokenSerialNumber, trust, NOW)
  }
  read = (profile) => {
    const card = made.get(profile) ?? make(profile)
    made.set(profile, card)
    return card
  }
})

describe("a card", () => {
  test.each<[CardProfileId, CardProblem | undefined]>([
    ["arts-p256", undefined],
    ["verlopen", "CARD_EXPIRED"],
    ["toekomstig", "CARD_NOT_YET_VALID"],
    ["geen-handtekening", "CARD_AUTHENTICATION_ONLY"],
  ])("of the kind %s: %s", async (profile, problem) => {
    expect(cardFitness(await read(profile), TEST, NOW)).toBe(problem)
  })

  test("has one problem at a time, told in the order in which they can be mended", async () => {
    const card = await read("arts-p256")
    const pin = (more: Partial<Token>): Card => ({ ...card, token: { ...card.token, ...more } })
    const asleep = pin({ pin: { ...card.token.pin, initialised: false }, pinState: "locked" })
    expect(cardFitness(asleep, TEST, NOW)).toBe("TOKEN_NOT_ACTIVATED")
    expect(cardFitness(card, PRODUCTION, NOW + 9 * YEARS)).toBe("CARD_FOREIGN")
    expect(cardFitness({ ...card, certificates: {} }, TEST, NOW)).toBe("CARD_FOREIGN")
    const locked = pin({ pinState: "locked" })
    expect(cardFitness(locked, TEST, NOW + 9 * YEARS)).toBe("CARD_EXPIRED")
    expect(cardFitness(locked, TEST, NOW)).toBe("PIN_LOCKED")
    const { signature } = card.certificates
    const signing: Card = { ...card, certificates: signature === undefined ? {} : { signature } }
    expect(cardFitness(signing, TEST, NOW)).toBe("NO_AUTHENTICATION_CERTIFICATE")
  })

  test("is of no foreign world where nobody said which one is ours", async () => {
    expect(cardFitness(await read("arts-p256"), undefined, NOW)).toBeUndefined()
  })
})

const READY: ReaderCard = { atr: "3b00", known: "unknown", state: "ready", heldBy: [] }
const WITH_CARD: Reader = { name: "A", card: READY }
const EMPTY: Reader = { name: "A" }

function running(...readers: readonly Reader[]): Readers {
  return { service: "running", readers: [...readers] }
}

interface Script {
  readonly readers: Readers
  /** The cards that the module shows, in reader A, B and so on. */
  readonly cards?: readonly Card[]
  readonly fails?: CardProblem
  readonly slots?: number
}

/** A line as scripted, probed. */
function probed({ readers, cards = [], fails, slots = 1 }: Script): Promise<Probe> {
  const failing = <T>(answer: T): Promise<T> =>
    fails === undefined ? Promise.resolve(answer) : Promise.reject(new CardError(fails, "scripted"))
  const tokens = cards.map(({ token }, i) => ({ ...token, serial: String(i), reader: "ABC".charAt(i) }))
  const host: CardHost = {
    probe: () =>
      failing({ manufacturer: "", description: "scripted", version: "1", cryptokiVersion: "2.40", slots }),
    listTokens: () => failing(tokens),
    readCertificates: (serial) => {
      const { signature, authentication } = cards[Number(serial)]?.certificates ?? {}
      const found = [signature, authentication].flatMap((one) =>
        one === undefined ? [] : [one.certificate.der],
      )
      return failing({ certificates: found, authorities: [], mechanisms: [] })
    },
    sign: () => Promise.reject(new RangeError("no PIN may be tried")),
    settled: () => Promise.resolve(),
    stop: () => undefined,
  }
  return probe({ host, readers, trust, at: NOW })
}

/** The links in short: "ok", "unknown", or the problem of a broken one. */
function lineOf({ links }: Probe): string {
  return links.map(({ is, problem }) => problem ?? is).join(" ")
}

describe("the line", () => {
  test("is whole with a good card", async () => {
    const found = await probed({ readers: running(WITH_CARD), cards: [await read("arts-p256")] })
    expect(found.links.map(({ link }) => link)).toEqual([
      "service",
      "reader",
      "card",
      "module",
      "certificate",
    ])
    expect(lineOf(found)).toBe("ok ok ok ok ok")
    expect(found.cards).toHaveLength(1)
    expect(found.unread).toEqual([])
  })

  test.each<[string, Script, string]>([
    [
      "not known yet",
      { readers: { service: "starting", readers: [] } },
      "unknown unknown unknown ok unknown",
    ],
    [
      "without the library",
      { readers: { service: "missing", readers: [] } },
      "SERVICE_MISSING unknown unknown ok unknown",
    ],
    [
      "with the service stopped",
      { readers: { service: "stopped", readers: [] } },
      "SERVICE_STOPPED unknown unknown ok unknown",
    ],
    [
      "with a service that hangs, and a module that hangs with it",
      { readers: { service: "unresponsive", readers: [] }, fails: "HOST_TIMEOUT" },
      "SERVICE_UNRESPONSIVE unknown unknown HOST_TIMEOUT unknown",
    ],
    ["without a reader", { readers: running() }, "ok NO_READER unknown ok unknown"],
    ["without a card", { readers: running(EMPTY) }, "ok ok NO_TOKEN ok unknown"],
    [
      "with a card put in the wrong way",
      { readers: running({ name: "A", card: { ...READY, state: "mute" } }) },
      "ok ok CARD_MUTE ok unknown",
    ],
    [
      "with a card that another program holds",
      { readers: running({ name: "A", card: { ...READY, state: "held" } }) },
      "ok ok CARD_BUSY ok unknown",
    ],
    [
      "with a module of another processor",
      { readers: running(WITH_CARD), fails: "MODULE_ARCHITECTURE" },
      "ok ok ok MODULE_ARCHITECTURE unknown",
    ],
    [
      "with a module that sees no reader",
      { readers: running(WITH_CARD), slots: 0 },
      "ok ok ok MODULE_NO_SLOTS unknown",
    ],
    [
      "with a module that does not know the card",
      { readers: running(WITH_CARD) },
      "ok ok ok CARD_UNREADABLE unknown",
    ],
  ])("%s", async (_, script, line) => {
    expect(lineOf(await probed(script))).toBe(line)
  })

  test("of tokens that are in no reader needs no reader", async () => {
    const cards = [await read("arts-p256")]
    expect(lineOf(await probed({ readers: { service: "stopped", readers: [] }, cards }))).toBe(
      "ok ok ok ok ok",
    )
  })

  test("shows every card, chooses none, and holds when one of them can sign", async () => {
    const cards = [await read("verlopen"), await read("arts-p256")]
    const mute: Reader = { name: "C", card: { ...READY, state: "mute" } }
    const found = await probed({ readers: running(WITH_CARD, { name: "B", card: READY }, mute), cards })
    expect(lineOf(found)).toBe("ok ok ok ok ok")
    expect(found.cards.map(({ problem }) => problem)).toEqual(["CARD_EXPIRED", undefined])
    expect(found.unread).toEqual([{ reader: "C", problem: "CARD_MUTE", heldBy: [] }])
  })

  test("breaks at the certificate where no card can sign", async () => {
    const cards = [await read("verlopen")]
    expect(lineOf(await probed({ readers: running(WITH_CARD), cards }))).toBe("ok ok ok ok CARD_EXPIRED")
  })
})
