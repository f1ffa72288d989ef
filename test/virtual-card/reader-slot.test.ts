import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { ReaderSlot } from "../../native/virtual-card/reader-slot.ts"
import { VirtualCard } from "../../native/virtual-card/virtual-card.ts"
import { bytesOf, hexOf, P256_CHIP, RSA_CHIP } from "./support/chip.ts"
import { VERIFY } from "./support/conversation.ts"
import { startScriptedReader, type ScriptedReader } from "./support/scripted-reader.ts"

const POWER_OFF = Uint8Array.of(0)
const POWER_ON = Uint8Array.of(1)
const RESET = Uint8Array.of(2)
const ATR = Uint8Array.of(4)
const ASK = bytesOf("00200080")

let reader: ScriptedReader
let slot: ReaderSlot

beforeEach(async () => {
  reader = await startScriptedReader()
  slot = new ReaderSlot(reader.port)
})

afterEach(async () => {
  slot.remove()
  await reader.stop()
})

async function insert(card = new VirtualCard(RSA_CHIP)): Promise<VirtualCard> {
  const inserted = slot.insert(card, () => true)
  await reader.cardIn()
  await reader.ask(ATR)
  expect(await inserted).toBe(true)
  return card
}

async function say(command: Uint8Array | string): Promise<string> {
  return hexOf(await reader.ask(typeof command === "string" ? bytesOf(command) : command))
}

describe("a card in a virtual reader", () => {
  test("tells its ATR: T=1, the PIV application in its historical bytes, and a right check byte", async () => {
    await insert()
    const atr = await reader.ask(ATR)
    expect(hexOf(atr)).toBe("3b8b800180f9a00000030800001000c8")
    expect(atr.slice(1).reduce((sum, byte) => sum ^ byte, 0)).toBe(0)
  })

  test("or another one, which a card image may have", async () => {
    await insert(new VirtualCard({ ...RSA_CHIP, atr: "3b848001544553545f" }))
    expect(await say(ATR)).toBe("3b848001544553545f")
  })

  test("answers commands, also such as come in pieces", async () => {
    await insert()
    reader.sendRaw(Uint8Array.of(0))
    await new Promise((resolve) => setTimeout(resolve, 20))
    reader.sendRaw(Uint8Array.of(4, 0, 0x20))
    await new Promise((resolve) => setTimeout(resolve, 20))
    reader.sendRaw(Uint8Array.of(0))
    reader.sendRaw(Uint8Array.of(0x80))
    expect(hexOf(await reader.hear())).toBe("63c3")
    expect(slot.log.count).toBe(1)
  })

  test.each([
    ["power off", POWER_OFF],
    ["power on", POWER_ON],
    ["a reset", RESET],
  ])("forgets the PIN at %s, which it does not answer", async (_, message) => {
    const card = await insert()
    expect(await say(VERIFY)).toBe("9000")
    expect(card.pins.pinVerified).toBe(true)
    reader.tell(message)
    expect(await say(ASK)).toBe("63c3")
  })

  test("is pulled out: the connection ends, the PIN is forgotten, the counter stays", async () => {
    const card = await insert()
    await say("0020008008363534333231ffff")
    await say(VERIFY.replace("36ffff", "37ffff"))
    slot.remove()
    await reader.cardOut()
    expect(card.pins).toEqual({ pinTries: 1, pukTries: 3, pinVerified: false })
    expect(slot.isSeen).toBe(false)
    await insert(card)
    expect(await say(ASK)).toBe("63c1")
  })

  test("stays in while the service is away, and is there when it comes back", async () => {
    await insert()
    await say(VERIFY)
    reader.drop()
    await reader.cardOut()
    await reader.cardIn()
    expect(await say(ASK)).toBe("63c3")
    expect(slot.card).toBeDefined()
  })

  test("is not seen where no service runs", async () => {
    expect(await slot.insert(new VirtualCard(P256_CHIP), () => false)).toBe(false)
    expect(slot.card).toBeDefined()
  })

  test("leaves no room for another", async () => {
    await insert()
    await expect(slot.insert(new VirtualCard(P256_CHIP), () => true)).rejects.toThrow(RangeError)
  })
})

describe("a fault in the reader", () => {
  test("removal within a command: no answer, and the slot is empty", async () => {
    await insert()
    slot.setFaults([{ when: { ins: 0x20 }, then: { is: "removal", afterMilliseconds: 30 } }])
    reader.tell(ASK)
    await reader.cardOut()
    expect(slot.card).toBeUndefined()
    expect(slot.areFaultsSpent).toBe(true)
  })

  test("removal, and back by itself", async () => {
    const card = await insert()
    const removal = { is: "removal", afterMilliseconds: 0, backAfterMilliseconds: 40 } as const
    slot.setFaults([{ when: {}, then: removal }])
    reader.tell(ASK)
    await reader.cardOut()
    expect(slot.card).toBeUndefined()
    await reader.cardIn()
    expect(slot.card).toBe(card)
    expect(await say(ASK)).toBe("63c3")
  })

  test("a loss of power: gone and back, the PIN forgotten", async () => {
    await insert()
    await say(VERIFY)
    slot.setFaults([{ when: {}, then: { is: "power-loss" } }])
    reader.tell(ASK)
    await reader.cardOut()
    await reader.cardIn()
    expect(await say(ASK)).toBe("63c3")
  })

  test("silence lasts until the card is pulled out", async () => {
    await insert()
    slot.setFaults([{ when: {}, then: { is: "silence" } }])
    reader.tell(ASK)
    expect(await say(ATR)).toMatch(/^3b/)
    slot.remove()
    await reader.cardOut()
  })

  test("no fault outlives the faults that are set after it", async () => {
    await insert()
    slot.setFaults([{ when: {}, then: { is: "silence" } }])
    slot.setFaults([])
    expect(await say(ASK)).toBe("63c3")
  })
})

describe("the log of a slot", () => {
  test("has commands and answers, and of PINs and PUKs not a byte", async () => {
    await insert()
    await say(VERIFY)
    await say("0024008010313233343536ffff313233343536ffff")
    await say("002c0080103837363534333231313233343536ffff")
    await say("00cb3fff035c017e00")
    const text = JSON.stringify(slot.log.entries)
    expect(slot.log.entries[0]).toEqual({ command: `0020008008${"··".repeat(8)}`, answer: "9000" })
    expect(slot.log.entries[3]).toMatchObject({ command: "00cb3fff035c017e00" })
    expect(text).not.toContain("313233343536")
    expect(text).not.toContain("3837363534333231")
  })

  test("is emptied on demand", async () => {
    await insert()
    await say(ASK)
    slot.log.clear()
    expect([slot.log.count, slot.log.entries]).toEqual([0, []])
  })
})
