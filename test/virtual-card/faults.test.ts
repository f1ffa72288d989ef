import { describe, expect, test } from "vitest"
import { FaultScript, parseFault, type Effect, type Fault } from "../../native/virtual-card/faults.ts"
import { VirtualCard } from "../../native/virtual-card/virtual-card.ts"
import { bytesOf, hexOf, P256_CHIP, RSA_CHIP } from "./support/chip.ts"
import { template, VERIFY } from "./support/conversation.ts"

const ASK = bytesOf("00200080")
const USE = bytesOf(`0087119a26${template("81", "ab".repeat(32))}00`)
const SILENCE: Effect = { is: "silence" }

function effects(faults: readonly Fault[], commands: readonly Uint8Array[]): (string | undefined)[] {
  const script = new FaultScript(faults)
  return commands.map((command) => script.effectOn(command)?.is)
}

describe("a fault waits for its APDU", () => {
  test("the next one, where none is named, and once", () => {
    expect(effects([{ when: {}, then: SILENCE }], [ASK, ASK])).toEqual(["silence", undefined])
  })

  test("the one of its number, counted from one", () => {
    expect(effects([{ when: { index: 3 }, then: SILENCE }], [ASK, ASK, ASK, ASK])).toEqual([
      undefined,
      undefined,
      "silence",
      undefined,
    ])
  })

  test("the first of its instruction", () => {
    const fault = { when: { ins: 0x87 }, then: SILENCE }
    expect(effects([fault], [ASK, USE, USE])).toEqual([undefined, "silence", undefined])
  })

  test("the first that begins so", () => {
    const fault = { when: { begins: "0087119" }, then: SILENCE }
    expect(effects([fault], [bytesOf("1087119a00"), USE])).toEqual([undefined, "silence"])
  })

  test("all that is named must hold", () => {
    const fault = { when: { index: 2, ins: 0x87 }, then: SILENCE }
    expect(effects([fault], [USE, ASK, USE])).toEqual([undefined, undefined, undefined])
  })

  test("after as many as are spared, as often as is said", () => {
    const fault = { when: { ins: 0x20 }, then: SILENCE, skip: 1, times: 2 }
    expect(effects([fault], [ASK, USE, ASK, ASK, ASK])).toEqual([
      undefined,
      undefined,
      "silence",
      "silence",
      undefined,
    ])
  })

  test("or always", () => {
    const fault = { when: {}, then: SILENCE, times: "always" } as const
    expect(effects([fault], [ASK, USE, ASK])).toEqual(["silence", "silence", "silence"])
  })

  test("several wait beside each other", () => {
    const faults: Fault[] = [
      { when: { ins: 0x87 }, then: SILENCE },
      { when: {}, then: { is: "garbage" } },
    ]
    expect(effects(faults, [USE, USE, USE])).toEqual(["silence", "garbage", undefined])
  })

  test("within the program any test of the command will do", () => {
    const script = new FaultScript([
      { when: (command, index) => command[1] === 0x87 && index > 1, then: SILENCE },
    ])
    expect([USE, USE].map((command) => script.effectOn(command)?.is)).toEqual([undefined, "silence"])
    expect(script.isSpent).toBe(true)
  })
})

function cardWithPin(): VirtualCard {
  const card = new VirtualCard(P256_CHIP)
  card.reply(bytesOf(VERIFY), undefined)
  return card
}

/** What the card answers under a fault; throws where it does not. */
function answerOf(card: VirtualCard, command: Uint8Array, effect?: Effect): string {
  const reply = card.reply(command, effect)
  if (reply.is !== "answer") throw new RangeError(reply.is)
  return hexOf(reply.bytes)
}

describe("each fault does what its name says", () => {
  test("a reset: the PIN is forgotten, then the command is performed", () => {
    const card = cardWithPin()
    expect(answerOf(card, USE, { is: "reset" })).toBe("6982")
    expect(card.pins).toMatchObject({ pinVerified: false, pinTries: 3 })
  })

  test("a status word: the card does not see the command", () => {
    const card = cardWithPin()
    expect(answerOf(card, bytesOf("0020ff80"), { is: "status", status: 0x6f00 })).toBe("6f00")
    expect(card.pins.pinVerified).toBe(true)
  })

  test("a delay: the right answer, later", () => {
    const reply = cardWithPin().reply(ASK, { is: "delay", milliseconds: 250 })
    expect(reply).toEqual({ is: "answer", bytes: bytesOf("9000"), afterMilliseconds: 250 })
  })

  test("garbage: as many bytes as the right answer", () => {
    const chuid = bytesOf("00cb3fff055c035fc10200")
    const card = new VirtualCard(RSA_CHIP)
    const [right, wrong] = [answerOf(card, chuid), answerOf(card, chuid, { is: "garbage" })]
    expect(wrong).toHaveLength(right.length)
    expect(wrong).not.toBe(right)
  })

  test("truncation: without its last bytes, but for two", () => {
    const card = new VirtualCard(RSA_CHIP)
    const discovery = bytesOf("00cb3fff035c017e00")
    expect(answerOf(card, discovery, { is: "truncation", bytes: 4 })).toBe(
      "7e124f0ba0000003080000100001005f2f02",
    )
    expect(answerOf(card, ASK, { is: "truncation", bytes: 9 })).toBe("63c3")
  })

  test("wrong bytes: a signature that is as long as a right one and ends differently", () => {
    const card = new VirtualCard(RSA_CHIP)
    const discovery = bytesOf("00cb3fff035c017e00")
    expect(answerOf(card, discovery, { is: "wrong-bytes" })).toBe(
      "7e124f0ba0000003080000100001005f2f0240ff9000",
    )
    expect(answerOf(card, ASK, { is: "wrong-bytes" })).toBe("63c3")
  })

  test("silence and removal: no answer", () => {
    const card = cardWithPin()
    const removal = { is: "removal", afterMilliseconds: 50, backAfterMilliseconds: 900 } as const
    expect(card.reply(USE, SILENCE)).toEqual(SILENCE)
    expect(card.reply(USE, removal)).toEqual(removal)
  })

  test("a loss of power: no answer, back at once, and nothing of the conversation is known any more", () => {
    const card = cardWithPin()
    expect(card.reply(USE, { is: "power-loss" })).toEqual({
      is: "removal",
      afterMilliseconds: 0,
      backAfterMilliseconds: 0,
    })
    expect(card.pins.pinVerified).toBe(false)
  })
})

describe("a fault is read from JSON", () => {
  test.each<[unknown, Fault]>([
    [
      { when: {}, then: { is: "status" } },
      { when: {}, then: { is: "status", status: 0x6f00 } },
    ],
    [
      { when: {}, then: { is: "removal" } },
      { when: {}, then: { is: "removal", afterMilliseconds: 0 } },
    ],
    [
      { when: { index: 2, ins: 135, begins: "0087" }, then: { is: "truncation" }, skip: 1, times: "always" },
      {
        when: { index: 2, ins: 135, begins: "0087" },
        then: { is: "truncation", bytes: 1 },
        skip: 1,
        times: "always",
      },
    ],
    [
      { when: {}, then: { is: "delay", milliseconds: 9 }, times: 3 },
      { when: {}, then: { is: "delay", milliseconds: 9 }, times: 3 },
    ],
  ])("%o", (json, fault) => {
    expect(parseFault(json)).toEqual(fault)
  })

  test.each([
    ["no fault at all", 7],
    ["no occasion", { then: { is: "silence" } }],
    ["no effect", { when: {} }],
    ["an unknown effect", { when: {}, then: { is: "earthquake" } }],
    ["a negative index", { when: { index: -1 }, then: { is: "silence" } }],
    ["a beginning that is not hexadecimal", { when: { begins: "xyz" }, then: { is: "silence" } }],
    ["a delay without its length", { when: {}, then: { is: "delay" } }],
    ["half a time", { when: {}, then: { is: "silence" }, times: 0.5 }],
  ])("%s is refused", (_, json) => {
    expect(() => parseFault(json)).toThrow(TypeError)
  })
})
