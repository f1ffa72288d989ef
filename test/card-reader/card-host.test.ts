import { setTimeout as pause } from "node:timers/promises"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { Effect } from "../../native/virtual-card/faults.ts"
import type { VirtualTestCard } from "../../src-testkit/cards/create-virtual-card.ts"
import { makeChip, openReader, PIN, pkcs11Tool, readerOf } from "./support/open-reader.ts"
import { entriesRunning, openHandles } from "./support/processes.ts"
import { signWithRemovals } from "./support/removals.ts"
import { chipHost, problemOf, readChip, SIGNED, signWith } from "./support/signing-chip.ts"

const SHORT = { deadlines: { readMilliseconds: 4_000, signMilliseconds: 4_000 } }
const found = await openReader()
const reader = () => readerOf(found)

async function out(): Promise<void> {
  await reader().setFaults([])
  await Promise.all([0, 1].map((slot) => reader().remove(slot)))
  await pause(450)
}

afterEach(async () => {
  if (!("missing" in found)) await out()
})

async function inserted(profile = "arts", name = "Anna van den Chip"): Promise<VirtualTestCard> {
  const chip = await makeChip(profile, name)
  await reader().insert(chip.image)
  return chip
}

async function pinVerified(): Promise<boolean | undefined> {
  return (await reader().status()).card?.pinVerified
}

describe.skipIf("missing" in found)("after one operation the card has forgotten the PIN", () => {
  test("as it has not when a program merely logs out", async () => {
    await inserted()
    await pkcs11Tool(reader(), "--login", "--pin", PIN, "--list-objects")
    expect(await pinVerified()).toBe(true)
  })

  test.each(["signature", "authentication"] as const)("that made a %s", async (use) => {
    const host = chipHost(reader())
    const card = await readChip(host, await inserted())
    expect(await signWith(host, card, { use })).toEqual(SIGNED)
    await host.settled()
    expect(await pinVerified()).toBe(false)
    expect(await signWith(host, card, { use })).toEqual(SIGNED)
    host.stop()
  })

  test("though the signature is answered before, and the next question waits for it", async () => {
    const host = chipHost(reader())
    const card = await readChip(host, await inserted())
    // Leaving the card begins with a SELECT: C_Logout.
    await reader().setFaults([
      { when: { begins: "00a404" }, then: { is: "delay", milliseconds: 600 }, times: "always" },
    ])
    const answered = signWith(host, card)
    const next = host.listTokens()
    expect(await answered).toEqual(SIGNED)
    expect(await pinVerified()).toBe(true)
    await next
    expect(await pinVerified()).toBe(false)
    host.stop()
  })

  test("also when the host is stopped as soon as there is a signature", async () => {
    const host = chipHost(reader())
    const card = await readChip(host, await inserted())
    expect(await signWith(host, card)).toEqual(SIGNED)
    host.stop()
    await host.settled()
    expect(await pinVerified()).toBe(false)
    expect(problemOf(await signWith(host, card))).toBe("HOST_STOPPED")
  })

  test("also when its process is killed behind the login: another one resets the card", async () => {
    const host = chipHost(reader())
    const card = await readChip(host, await inserted())
    await reader().setFaults([{ when: { begins: "0087" }, then: { is: "delay", milliseconds: 1_500 } }])
    const signing = signWith(host, card)
    await expect.poll(() => pinVerified(), { timeout: 5_000 }).toBe(true)
    const [pid = 0] = (await entriesRunning("host-process")).slice(-1)
    process.kill(pid, "SIGKILL")
    expect(problemOf(await signing)).toBe("MODULE_CRASHED")
    await host.settled()
    expect(await pinVerified()).toBe(false)
    expect(await signWith(host, card)).toEqual(SIGNED)
    host.stop()
  })

  test("that failed behind the login", async () => {
    const host = chipHost(reader())
    const card = await readChip(host, await inserted())
    await reader().setFaults([
      { when: { begins: "0087" }, then: { is: "status", status: 0x6f00 }, times: "always" },
    ])
    expect(problemOf(await signWith(host, card, { use: "authentication" }))).toBe("CARD_FAILED")
    expect(await pinVerified()).toBe(false)
    host.stop()
  })

  test("that another program left open before", async () => {
    const host = chipHost(reader())
    const card = await readChip(host, await inserted())
    await pkcs11Tool(reader(), "--login", "--pin", PIN, "--list-objects")
    expect(await pinVerified()).toBe(true)
    expect(problemOf(await signWith(host, card, { pin: "999999" }))).toBe("PIN_WRONG")
    expect(await pinVerified()).toBe(false)
    host.stop()
  })
})

describe.skipIf("missing" in found)("a signature", () => {
  test("of a card that was looked at a moment ago asks it nothing beyond PIN and key", async () => {
    const host = chipHost(reader())
    const card = await readChip(host, await inserted())
    await reader().log({ clear: true })
    expect(await signWith(host, card)).toEqual(SIGNED)
    await host.settled()
    const commands = (await reader().log()).map(({ command }) => command)
    const key = commands.findLastIndex((command) => command.startsWith("0087"))
    // An empty VERIFY asks how many tries are left; 7E is the discovery object, which OpenSC reads before it hands over a PIN.
    const asking = commands.slice(0, key + 1).filter((command) => /^00200080(00)?$|^00a4|^00cb/.test(command))
    expect([...new Set(asking)]).toEqual(["00cb3fff035c017e00"])
    expect(key).toBeGreaterThan(0)
    host.stop()
  })
})

describe.skipIf("missing" in found)("the PIN of a card", () => {
  test("is told as nearly spent and as locked before the next try, and a locked one is not tried", async () => {
    const host = chipHost(reader())
    const chip = await inserted()
    const card = await readChip(host, chip)
    const pinState = async () => (await host.listTokens())[0]?.pinState
    expect(await pinState()).toBe("ok")
    expect(problemOf(await signWith(host, card, { pin: "111111" }))).toBe("PIN_WRONG")
    const second = await signWith(host, card, { pin: "111112" })
    expect(second).toMatchObject({ is: "failed", error: { code: "PIN_WRONG", triesLeft: 1 } })
    expect(await pinState()).toBe("final-try")
    // A new process reads it from the card, not from memory.
    const another = chipHost(reader())
    expect((await another.listTokens())[0]?.pinState).toBe("final-try")
    another.stop()
    const third = await signWith(host, card, { pin: "111113" })
    expect(third).toMatchObject({ is: "failed", error: { code: "PIN_LOCKED", triesLeft: 0 } })
    expect(await pinState()).toBe("locked")
    await reader().log({ clear: true })
    expect(problemOf(await signWith(host, card))).toBe("PIN_LOCKED")
    const verifications = (await reader().log()).filter(({ command }) => /^00200080(?!$|00$)/.test(command))
    expect(verifications).toEqual([])
    host.stop()
  })
})

describe.skipIf("missing" in found)("a card that goes", () => {
  test("in the middle of a signature costs that signature, and signs when it is back", async () => {
    const host = chipHost(reader())
    const chip = await inserted()
    const card = await readChip(host, chip)
    for (const ins of [0x87, 0xcb, 0x20]) {
      await reader().setFaults([{ when: { ins }, then: { is: "removal", afterMilliseconds: 20 } }])
      expect(["CARD_REMOVED", "NO_TOKEN"]).toContain(problemOf(await signWith(host, card)))
      await out()
      await reader().insert(chip.image)
      expect(await signWith(host, card)).toEqual(SIGNED)
    }
    host.stop()
  })

  test("and another person's in its place never signs for the first, which is told as gone", async () => {
    const host = chipHost(reader())
    const anna = await readChip(host, await inserted("arts", "Anna Een"))
    await out()
    const bea = await inserted("arts", "Bea Twee")
    await reader().log({ clear: true })
    expect(problemOf(await signWith(host, anna))).toBe("TOKEN_NOT_FOUND")
    // No command with a key, and no PIN.
    expect(
      (await reader().log()).filter(({ command }) => /^(00|10)87|^00200080(?!$|00$)/.test(command)),
    ).toEqual([])
    expect(await signWith(host, await readChip(host, bea))).toEqual(SIGNED)
    host.stop()
  })

  test("together with its service is there again with it, for a signature straight away", async () => {
    const host = chipHost(reader())
    const card = await readChip(host, await inserted())
    for (const how of ["stop", "kill"] as const) {
      await reader().pcscd(how)
      expect(problemOf(await signWith(host, card))).toMatch(/NO_TOKEN|CARD_FAILED|CARD_REMOVED/)
      await reader().pcscd("start")
      await expect.poll(async () => (await host.listTokens()).length, { timeout: 5_000 }).toBe(1)
      await reader().pcscd("restart")
      await expect.poll(async () => problemOf(await signWith(host, card)), { timeout: 5_000 }).toBe("signed")
    }
    host.stop()
  })
})

describe.skipIf("missing" in found)("a card that misbehaves", () => {
  const EFFECTS: readonly (readonly [string, Effect])[] = [
    ["answers 6F00", { is: "status", status: 0x6f00 }],
    ["loses its power", { is: "power-loss" }],
    ["is reset", { is: "reset" }],
    ["answers with garbage", { is: "garbage" }],
    ["is cut short", { is: "truncation", bytes: 4 }],
    ["needs three seconds", { is: "delay", milliseconds: 3_000 }],
  ]

  test.each(EFFECTS)(
    "and %s at any command costs a message at most, and is well again at once",
    async (_, then) => {
      const host = chipHost(reader())
      const chip = await inserted()
      const card = await readChip(host, chip)
      for (const ins of [0x20, 0x87]) {
        await reader().setFaults([{ when: { ins }, then }])
        const outcome = problemOf(await signWith(host, card))
        // Garbage for a signature looks like one to everybody but the desk, which judges its packages before they leave.
        if (!(then.is === "garbage" && ins === 0x87)) expect(outcome).not.toBe("signed wrongly")
        await reader().setFaults([])
        if ((await host.listTokens())[0]?.pinState !== "ok") continue
        expect(await signWith(host, card)).toEqual(SIGNED)
      }
      host.stop()
    },
  )

  test("and never answers is given up at the deadline, and signs when it was out and in again", async () => {
    const host = chipHost(reader(), SHORT)
    const chip = await inserted()
    const card = await readChip(host, chip)
    await reader().setFaults([{ when: { ins: 0x87 }, then: { is: "silence" } }])
    const stuck = await signWith(host, card)
    expect(stuck).toMatchObject({ is: "failed", error: { code: "HOST_TIMEOUT", retriable: true } })
    await out()
    await reader().insert(chip.image)
    await expect.poll(async () => problemOf(await signWith(host, card)), { timeout: 15_000 }).toBe("signed")
    host.stop()
  })
})

describe.skipIf("missing" in found)("two cards in two readers", () => {
  test("each sign with their own key, whichever is asked", async () => {
    const host = chipHost(reader())
    const anna = await makeChip("arts", "Anna Een")
    const bea = await makeChip("arts-p256", "Bea Twee")
    await reader().insert(anna.image, 0)
    await reader().insert(bea.image, 1)
    expect((await host.listTokens()).map(({ reader: name }) => name).sort()).toEqual([
      "Virtual PCD 00 00",
      "Virtual PCD 00 01",
    ])
    const cards = [await readChip(host, anna), await readChip(host, bea)]
    for (let i = 0; i < 10; i += 1) {
      for (const card of cards) expect(await signWith(host, card, { text: String(i) })).toEqual(SIGNED)
    }
    await host.settled()
    // The reset after a signature is of the card that signed, and of no other.
    expect((await reader().status(1)).card?.pinVerified).toBe(false)
    host.stop()
  })
})

describe.skipIf("missing" in found)("many signatures", () => {
  let chip: VirtualTestCard
  beforeEach(async () => {
    chip = await inserted()
  })

  test(
    "in a row, some with the card pulled out in the middle: none is wrong and nothing hangs",
    { timeout: 180_000 },
    async () => {
      const host = chipHost(reader())
      const report = await signWithRemovals(reader(), host, chip, { signatures: 24, every: 3 })
      expect(Object.keys(report.outcomes).sort().join(" ")).toMatch(
        /^(CARD_FAILED )?(CARD_REMOVED )?(CARD_UNREADABLE )?(NO_TOKEN )?(TOKEN_NOT_FOUND )?signed$/,
      )
      expect(report.longestMilliseconds).toBeLessThan(15_000)
      console.log(JSON.stringify(report))
      host.stop()
    },
  )

  test("in a row leave no handle behind in the card's process", async () => {
    const host = chipHost(reader())
    const card = await readChip(host, chip)
    const handles: number[] = []
    for (let i = 0; i < 30; i += 1) {
      expect(await signWith(host, card)).toEqual(SIGNED)
      const [pid = 0] = (await entriesRunning("host-process")).slice(-1)
      handles.push(await openHandles(pid))
    }
    expect(handles.at(-1)).toBe(handles[2])
    host.stop()
  })
})
