import {
  constants,
  createECDH,
  createHash,
  createPrivateKey,
  createPublicKey,
  privateEncrypt,
  publicDecrypt,
  verify,
} from "node:crypto"
import { describe, expect, test } from "vitest"
import { readTlvs } from "../../native/virtual-card/tlv.ts"
import { bytesOf, hexOf, P256_CHIP, P384_CHIP, privateKeyOf, RSA_CHIP } from "./support/chip.ts"
import { talkTo, template, useKey, VERIFY, type Conversation } from "./support/conversation.ts"

const BLOCK = `0001${"ff".repeat(202)}003031300d060960864801650304020105000420${"ab".repeat(32)}`

/** The result in 7C { 82 … } after a key was used; the whole of it, over GET RESPONSE where it is long. */
function resultOf(talk: Conversation, first: string): Uint8Array {
  let answer = first
  let data = first.slice(0, -4)
  while (answer.slice(-4).startsWith("61")) {
    answer = talk.say("00c0000000")
    data += answer.slice(0, -4)
  }
  expect(answer.slice(-4)).toBe("9000")
  const [outer] = readTlvs(bytesOf(data))
  const [inner] = readTlvs(outer?.value ?? new Uint8Array())
  expect([outer?.tag, inner?.tag]).toEqual([0x7c, 0x82])
  return inner?.value ?? new Uint8Array()
}

describe("a key signs", () => {
  test.each(["9A", "9C", "9D"] as const)(
    "RSA at %s: the block as it came, in two chained commands",
    (place) => {
      const talk = talkTo(RSA_CHIP)
      talk.say(VERIFY)
      const signature = resultOf(talk, useKey(talk, `07${place.toLowerCase()}`, template("81", BLOCK)))
      const key = createPrivateKey(privateKeyOf(RSA_CHIP, place))
      const padding = constants.RSA_NO_PADDING
      expect(hexOf(publicDecrypt({ key: createPublicKey(key), padding }, signature))).toBe(BLOCK)
      expect(hexOf(privateEncrypt({ key, padding }, bytesOf(BLOCK)))).toBe(hexOf(signature))
    },
  )

  test.each([
    ["P-256", P256_CHIP, "11", "sha256"],
    ["P-384", P384_CHIP, "14", "sha384"],
  ])(
    "ECDSA on %s over a digest; node:crypto verifies it, each one different",
    (_, image, algorithm, hash) => {
      const talk = talkTo(image)
      const key = createPublicKey(privateKeyOf(image, "9A"))
      const signatures = Array.from({ length: 20 }, (__, i) => {
        talk.say(VERIFY)
        const message = Buffer.from(`message ${i}`)
        const digest = createHash(hash).update(message).digest("hex")
        const signature = resultOf(talk, useKey(talk, `${algorithm}9a`, template("81", digest)))
        expect(verify(hash, message, key, signature)).toBe(true)
        expect(verify(hash, Buffer.from("another"), key, signature)).toBe(false)
        return hexOf(signature)
      })
      expect(new Set(signatures).size).toBe(20)
    },
  )

  test("a digest that is shorter than the curve is taken as it is", () => {
    const talk = talkTo(P384_CHIP)
    talk.say(VERIFY)
    const digest = createHash("sha256").update("short").digest("hex")
    const signature = resultOf(talk, useKey(talk, "149a", template("81", digest)))
    const key = createPublicKey(privateKeyOf(P384_CHIP, "9A"))
    expect(verify("sha256", Buffer.from("short"), key, signature)).toBe(true)
  })

  test("ECDH answers the x-coordinate that the other side finds too", () => {
    const talk = talkTo(P256_CHIP)
    talk.say(VERIFY)
    const other = createECDH("prime256v1")
    const point = hexOf(other.generateKeys())
    const shared = resultOf(talk, useKey(talk, "119d", template("85", point)))
    const own = createPublicKey(privateKeyOf(P256_CHIP, "9D")).export({ format: "jwk" })
    const ownPoint = Buffer.concat([
      Uint8Array.of(4),
      Buffer.from(own.x ?? "", "base64url"),
      Buffer.from(own.y ?? "", "base64url"),
    ])
    expect(hexOf(shared)).toBe(other.computeSecret(ownPoint).toString("hex"))
  })
})

describe("the PIN stands before a key", () => {
  const USE = template("81", "ab".repeat(32))

  test("without it no key is used", () => {
    const talk = talkTo(P256_CHIP)
    for (const place of ["9a", "9c", "9d"]) expect(useKey(talk, `11${place}`, USE)).toBe("6982")
  })

  test("after it the keys for sign-in and deciphering are free until a reset", () => {
    const talk = talkTo(P256_CHIP)
    talk.say(VERIFY)
    expect(useKey(talk, "119a", USE).slice(-4)).toBe("9000")
    expect(useKey(talk, "119d", USE).slice(-4)).toBe("9000")
    talk.applet.reset()
    expect(useKey(talk, "119a", USE)).toBe("6982")
  })

  test("the signature key wants it right before each signature", () => {
    const talk = talkTo(P256_CHIP)
    talk.say(VERIFY)
    expect(useKey(talk, "119c", USE).slice(-4)).toBe("9000")
    expect(useKey(talk, "119c", USE)).toBe("6982")
    talk.say(VERIFY)
    talk.say("00cb3fff035c017e00")
    expect(useKey(talk, "119c", USE)).toBe("6982")
  })

  test("the parts of a chained command do not count as something in between", () => {
    const talk = talkTo(RSA_CHIP)
    talk.say(VERIFY)
    expect(useKey(talk, "079c", template("81", BLOCK)).slice(-4, -2)).toBe("61")
  })

  test("a wrong PIN right before it closes the key again", () => {
    const talk = talkTo(P256_CHIP)
    talk.say(VERIFY)
    talk.say("0020008008363534333231ffff")
    expect(useKey(talk, "119c", USE)).toBe("6982")
    expect(useKey(talk, "119a", USE)).toBe("6982")
  })
})

describe("GENERAL AUTHENTICATE refuses", () => {
  test.each([
    ["a key that is not there", "119e", template("81", "ab"), "6a86"],
    ["another algorithm than the key's", "079a", template("81", "ab"), "6a86"],
    ["no template", "119a", "8100", "6a80"],
    ["a template without a place for the answer", "119a", "7c028100", "6a80"],
    ["a template with nothing to sign", "119a", "7c028200", "6a80"],
    ["TLV that is none", "119a", "7c05", "6a80"],
    ["a point that is not on the curve", "119d", template("85", `04${"11".repeat(64)}`), "6a80"],
    ["an answer to its challenge", "039b", template("82", "00".repeat(8)), "6982"],
  ])("%s", (_, reference, content, status) => {
    const talk = talkTo(P256_CHIP)
    talk.say(VERIFY)
    expect(useKey(talk, reference, content)).toBe(status)
  })

  test("a block that is shorter than the modulus", () => {
    const talk = talkTo(RSA_CHIP)
    talk.say(VERIFY)
    expect(useKey(talk, "079a", template("81", "ab".repeat(100)))).toBe("6a80")
  })

  test("a chain that another command broke", () => {
    const talk = talkTo(RSA_CHIP)
    talk.say(VERIFY)
    const content = template("81", BLOCK)
    talk.say(`1087079aff${content.slice(0, 510)}`)
    talk.say("00200080")
    expect(talk.say(`0087079a0b${content.slice(510)}00`)).toBe("6a80")
  })
})

test("random numbers come from the challenge of the management key, without a PIN", () => {
  const talk = talkTo(RSA_CHIP)
  const [first, second] = [talk.say("0087009b047c02810000"), talk.say("0087009b047c02810000")]
  expect(first).toMatch(/^7c0a8108[0-9a-f]{16}9000$/)
  expect(first).not.toBe(second)
})
