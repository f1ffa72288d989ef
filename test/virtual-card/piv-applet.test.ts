import { describe, expect, test } from "vitest"
import { CERTIFICATE, P256_CHIP, RSA_CHIP } from "./support/chip.ts"
import { talkTo, VERIFY, VERIFY_WRONGLY } from "./support/conversation.ts"

describe("the PIV application is selected from power-on", () => {
  test("and again by its whole name or the beginning of it", () => {
    const talk = talkTo(RSA_CHIP)
    for (const name of ["0ba000000308000010000100", "09a00000030800001000", "05a000000308"]) {
      const answer = talk.say(`00a40400${name}00`)
      expect(answer.startsWith("61")).toBe(true)
      expect(answer).toContain("4f06000010000100")
      expect(answer.endsWith("9000")).toBe(true)
    }
  })

  test.each([
    ["another maker's", "05d276000124"],
    ["one that goes on after ours", "0ca00000030800001000010000"],
    ["one of four bytes", "04a0000003"],
  ])("%s name is not found, and the application stays selected", (_, name) => {
    const talk = talkTo(RSA_CHIP)
    expect(talk.say(`00a40400${name}00`)).toBe("6a82")
    expect(talk.say("0020008000").slice(0, 3)).toBe("63c")
  })

  test("selecting by anything but a name is refused", () => {
    expect(talkTo(RSA_CHIP).say("00a4000002 3f00")).toBe("6a86")
  })

  test("selecting it again keeps the PIN, a reset forgets it", () => {
    const talk = talkTo(RSA_CHIP)
    expect(talk.say(VERIFY)).toBe("9000")
    talk.say("00a4040009a0000003080000100000")
    expect(talk.say("00200080")).toBe("9000")
    talk.applet.reset()
    expect(talk.say("00200080")).toBe("63c3")
  })
})

describe("what is on the card is read by GET DATA", () => {
  test("a certificate comes in parts of 256 bytes, and whole", () => {
    const talk = talkTo(RSA_CHIP)
    for (const tag of ["5fc105", "5fc10a", "5fc10b"]) {
      const object = talk.gather(`00cb3fff055c03${tag}00`)
      const certificate = CERTIFICATE.toString("hex")
      expect(object).toBe(`538206ad708206a4${certificate}710100fe00`)
    }
  })

  test("of as many bytes as are asked for, with the rest in the status word", () => {
    const talk = talkTo(RSA_CHIP)
    expect(talk.say("00cb3fff055c035fc10208")).toBe("533b3019d4e739da6135")
    expect(talk.say("00c0000004")).toBe("739ced396131")
    expect(talk.say("00c0000035").endsWith("9000")).toBe(true)
    expect(talk.say("00c0000000")).toBe("6985")
  })

  test("more than 255 bytes left is said with 61 00", () => {
    expect(talkTo(RSA_CHIP).say("00cb3fff055c035fc10508").slice(-4)).toBe("6100")
  })

  test("another command drops the rest", () => {
    const talk = talkTo(RSA_CHIP)
    talk.say("00cb3fff055c035fc10208")
    talk.say("0020008000")
    expect(talk.say("00c0000035")).toBe("6985")
  })

  test("the discovery object is as it is, without a wrapping", () => {
    expect(talkTo(RSA_CHIP).say("00cb3fff035c017e00")).toBe("7e124f0ba0000003080000100001005f2f0240009000")
  })

  test("the GUID in the CHUID is the card's id", () => {
    expect(talkTo(RSA_CHIP).gather("00cb3fff055c035fc10200")).toContain(`3410${RSA_CHIP.id}`)
  })

  test("a certificate that the card lacks is not found", () => {
    const without = { ...RSA_CHIP, keys: RSA_CHIP.keys.filter(({ place }) => place !== "9C") }
    expect(talkTo(without).say("00cb3fff055c035fc10a00")).toBe("6a82")
  })

  test("printed information wants the PIN", () => {
    const talk = talkTo(RSA_CHIP)
    expect(talk.say("00cb3fff055c035fc10900")).toBe("6982")
    talk.say(VERIFY)
    expect(talk.say("00cb3fff055c035fc10900")).toBe("530c0108412e2050726f6566fe009000")
  })

  test.each([
    ["history", "00cb3fff055c035fc10c00", "6a82"],
    ["no tag list", "00cb3fff0453025fc100", "6a80"],
    ["TLV that is none", "00cb3fff025c0900", "6a80"],
    ["other parameters", "00cb0000055c035fc10200", "6a86"],
  ])("%s: %s is answered %s", (_, command, status) => {
    expect(talkTo(RSA_CHIP).say(command)).toBe(status)
  })
})

describe("VERIFY", () => {
  test("without data tells the tries that are left, and costs none", () => {
    const talk = talkTo(RSA_CHIP)
    expect(["00200080", "0020008000"].map((command) => talk.say(command))).toEqual(["63c3", "63c3"])
    expect(talk.applet.pins.pinTries).toBe(3)
  })

  test("three wrong ones block the card, also for the right one", () => {
    const talk = talkTo(RSA_CHIP)
    expect([1, 2, 3].map(() => talk.say(VERIFY_WRONGLY))).toEqual(["63c2", "63c1", "63c0"])
    expect([talk.say(VERIFY), talk.say("00200080")]).toEqual(["6983", "6983"])
  })

  test("the PUK gives it a new PIN", () => {
    const talk = talkTo(RSA_CHIP)
    for (let i = 0; i < 3; i += 1) talk.say(VERIFY_WRONGLY)
    expect(talk.say("002c0080103837363534333231363534333231ffff")).toBe("9000")
    expect(talk.say(VERIFY_WRONGLY)).toBe("9000")
  })

  test("with P1 = FF the card forgets the PIN", () => {
    const talk = talkTo(RSA_CHIP)
    talk.say(VERIFY)
    expect(talk.say("0020ff80")).toBe("9000")
    expect(talk.say("00200080")).toBe("63c3")
  })

  test("CHANGE REFERENCE DATA changes PIN and PUK, each with the old one", () => {
    const talk = talkTo(RSA_CHIP)
    expect(talk.say("0024008010313233343536ffff363534333231ffff")).toBe("9000")
    expect(talk.say(VERIFY)).toBe("63c2")
    expect(talk.say("0024008110 3837363534333231 3132333435363738")).toBe("9000")
    expect(talk.say("002c008010 3837363534333231 313233343536ffff")).toBe("63c2")
  })

  test.each([
    ["the global PIN", "0020000008313233343536ffff", "6a88"],
    ["P1 = 01", "0020018008313233343536ffff", "6a86"],
    ["P1 = FF with data", "0020ff8008313233343536ffff", "6a86"],
    ["a PIN without filling", "0020008006313233343536", "6a80"],
    ["a change of another secret", "0024008210 3837363534333231 3132333435363738", "6a88"],
    ["a change with P1 = 01", "0024018010 313233343536ffff 313233343536ffff", "6a86"],
    ["an unblocking of the PUK", "002c008110 3837363534333231 3132333435363738", "6a88"],
    ["an unblocking with P1 = 01", "002c018010 3837363534333231 3132333435363738", "6a86"],
  ])("with %s: %s is answered %s, and no try is lost", (_, command, status) => {
    const talk = talkTo(RSA_CHIP)
    expect(talk.say(command)).toBe(status)
    expect(talk.applet.pins).toMatchObject({ pinTries: 3, pukTries: 3, pinVerified: false })
  })
})

describe("nobody writes to the card", () => {
  test.each([
    ["PUT DATA", "00db3fff055c035fc105"],
    ["GENERATE ASYMMETRIC KEY PAIR", "0047009a05ac0380011100"],
  ])("%s wants the management key, which nobody has", (_, command) => {
    const talk = talkTo(P256_CHIP)
    talk.say(VERIFY)
    expect(talk.say(command)).toBe("6982")
  })
})

test.each([
  ["secure messaging", "0c20008000", "6882"],
  ["another class", "80ca9f7f00", "6e00"],
  ["a logical channel", "0120008000", "6e00"],
  ["an unknown instruction", "00cadf3005", "6d00"],
  ["a command cut short", "0020", "6700"],
  ["a wrong length", "00200080083132", "6700"],
  ["GET RESPONSE with nothing to give", "00c0000000", "6985"],
])("%s: %s is answered %s", (_, command, status) => {
  expect(talkTo(RSA_CHIP).say(command)).toBe(status)
})
