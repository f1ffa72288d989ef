import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { findSofthsmModule } from "../../native/softhsm/find-softhsm-module.ts"
import { softhsmConfigurationPath } from "../../native/softhsm/softhsm-home.ts"
import type { CardHost } from "../../src-main/card/host/card-host.ts"
import { forkChildProcess } from "../../src-main/card/host/fork-child-process.ts"
import type { SignRequest } from "../../src-main/card/host/host-messages.ts"
import { checkPin, withPin } from "../../src-main/card/pin.ts"
import { readCard } from "../../src-main/card/read-card.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import type { Card as TestCard } from "../../src-testkit/cards/card-record.ts"
import { testPki } from "../support/test-pki.ts"
import { buildShim, isBuilt, pathOf } from "./support/build-shim.ts"
import { openCardHome, pinBytes, type CardHome } from "./support/card-home.ts"

const shim = buildShim()
const BYTES = new TextEncoder().encode("what is signed")

let home: CardHome
let host: CardHost
let arts: TestCard
let spki: Uint8Array
let request: Omit<SignRequest, "is">

beforeAll(async () => {
  home = await openCardHome()
  host = home.host()
  arts = await home.make({ profile: "arts", name: "Jan Smit", pin: "482915", alwaysAuthenticate: true })
  const card = await readCard(host, arts.tokenSerialNumber, (await testPki()).trust, Date.now())
  const certificate = card.certificates.signature?.certificate
  if (certificate === undefined) throw new RangeError("no signature certificate")
  spki = certificate.spki
  request = {
    tokenSerial: arts.tokenSerialNumber,
    certificateSha256: createHash("sha256").update(certificate.der).digest("hex"),
    use: "signature",
    algorithm: { scheme: "rsa-pkcs1", hash: "sha-256" },
    bytes: BYTES,
  }
})

function shimHost(mode: string, more: Readonly<Record<string, string>> = {}): CardHost {
  const softhsm = {
    SOFTHSM2_CONF: softhsmConfigurationPath(home.directory),
    SHIM_MODULE: findSofthsmModule(),
  }
  const fork = forkChildProcess({ ...softhsm, SHIM_MODE: mode, ...more })
  return home.host({ fork, modulePath: pathOf(shim) })
}

function signWith(host: CardHost, pin: string): Promise<{ readonly signature: Uint8Array }> {
  return host.sign({ ...request, pin: pinBytes(pin) })
}

/** What went wrong, whole: code, message, cause. */
async function failureOf(attempt: Promise<unknown>): Promise<Error> {
  try {
    await attempt
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new RangeError("it did not fail")
}

describe("a PIN", () => {
  test.each([
    ["empty", ""],
    ["too short", "123"],
    ["longer than any card takes", "1".repeat(65)],
  ])("that is %s is refused before the card sees it", async (_, pin) => {
    await expect(signWith(host, pin)).rejects.toMatchObject({ code: "PIN_LENGTH", retriable: true })
    expect((await host.listTokens())[0]?.pin.countLow).toBe(false)
  })

  test.each(["12 456", "12345\n", "1234é6", "\0\0\0\0\0\0"])(
    "with a character that no card takes (%j) is refused",
    async (pin) => {
      await expect(signWith(host, pin)).rejects.toMatchObject({ code: "PIN_CHARACTERS" })
    },
  )

  test("that is absent, with no PIN pad to type it on, is refused", async () => {
    await expect(host.sign(request)).rejects.toMatchObject({ code: "PIN_LENGTH" })
  })

  test("that is wrong is told as wrong, is tried once, and stands in no message", async () => {
    const failure = await failureOf(signWith(host, "739204"))
    expect(failure).toMatchObject({ code: "PIN_WRONG", retriable: true })
    expect(`${failure.message} ${failure.stack ?? ""} ${JSON.stringify(failure)}`).not.toContain("739204")
    expect((await host.listTokens())[0]?.pin.countLow).toBe(true)
    const { signature } = await signWith(host, arts.pin)
    expect(await nodeCrypto.verifySignature(spki, request.algorithm, BYTES, signature)).toBe(true)
  })

  test.each([
    ["4 to 8", { shortest: 4, longest: 8 }, ["1234", "12345678"], ["123", "123456789"]],
    [
      "what the token does not say",
      { shortest: 0, longest: 0 },
      ["1234", "1".repeat(64)],
      ["", "1".repeat(65)],
    ],
  ])("has the length of its token: %s", (_, bounds, good, bad) => {
    for (const pin of good)
      expect(() => {
        checkPin(pinBytes(pin), bounds)
      }).not.toThrow()
    for (const pin of bad) {
      expect(() => {
        checkPin(pinBytes(pin), bounds)
      }).toThrow(expect.objectContaining({ code: "PIN_LENGTH" }))
    }
  })

  test("is wiped whether what it was for succeeds or fails", async () => {
    const [first, second] = [pinBytes("123456"), pinBytes("123456")]
    await withPin(first, () => Promise.resolve())
    await expect(withPin(second, () => Promise.reject(new RangeError("no")))).rejects.toThrow(RangeError)
    expect([...first, ...second].every((byte) => byte === 0)).toBe(true)
  })
})

describe.skipIf(!isBuilt(shim))("a card that counts tries", () => {
  test("says that one is left, then that it is locked, and is not asked again", async () => {
    const counter = join(home.directory, "wrong-pins")
    const host = shimHost("locking", { SHIM_COUNTER: counter })
    await expect(signWith(host, "000000")).rejects.toMatchObject({ code: "PIN_WRONG", triesLeft: undefined })
    await expect(signWith(host, "000001")).rejects.toMatchObject({ code: "PIN_WRONG", triesLeft: 1 })
    // The card answers CKR_PIN_INCORRECT to the try that locks it, too.
    const locked = { code: "PIN_LOCKED", triesLeft: 0, retriable: false }
    await expect(signWith(host, "000002")).rejects.toMatchObject(locked)
    await expect(signWith(host, arts.pin)).rejects.toMatchObject(locked)
    expect(await readFile(counter, "utf8")).toBe("3")
  })

  test("is not even asked when the PIN is longer than it takes", async () => {
    const counter = join(home.directory, "too-long-pins")
    const host = shimHost("locking", { SHIM_COUNTER: counter })
    await expect(signWith(host, "123456789")).rejects.toMatchObject({ code: "PIN_LENGTH" })
    await expect(readFile(counter, "utf8")).rejects.toMatchObject({ code: "ENOENT" })
  })
})

describe.skipIf(!isBuilt(shim))("a reader with a PIN pad", () => {
  test("is handed NULL, asks for the PIN itself, and twice where the key wants it at each signature", async () => {
    const host = shimHost("pin-pad", { SHIM_TYPED: arts.pin })
    expect((await host.listTokens())[0]?.pin.pinPad).toBe(true)
    const { signature } = await host.sign(request)
    expect(await nodeCrypto.verifySignature(spki, request.algorithm, BYTES, signature)).toBe(true)
  })

  test("is not handed a PIN that somebody typed all the same", async () => {
    const host = shimHost("pin-pad", { SHIM_TYPED: arts.pin })
    const { signature } = await signWith(host, "999999")
    expect(await nodeCrypto.verifySignature(spki, request.algorithm, BYTES, signature)).toBe(true)
  })

  test("on which the clinician presses the red key signs nothing", async () => {
    await expect(shimHost("pin-pad").sign(request)).rejects.toMatchObject({ code: "PIN_CANCELLED" })
  })

  test("tells a wrong PIN typed on it as wrong", async () => {
    const host = shimHost("pin-pad", { SHIM_TYPED: "000000" })
    await expect(host.sign(request)).rejects.toMatchObject({ code: "PIN_WRONG" })
  })
})

describe.skipIf(!isBuilt(shim))("a token of another make", () => {
  test("that does not hash gets the DigestInfo for PKCS #1 and the hash for PSS", async () => {
    const host = shimHost("plain-mechanisms")
    for (const hash of ["sha-256", "sha-384", "sha-512"] as const) {
      for (const algorithm of [
        { scheme: "rsa-pkcs1", hash } as const,
        { scheme: "rsa-pss", hash, saltLength: Number(hash.slice(4)) / 8 } as const,
      ]) {
        const { signature } = await host.sign({ ...request, algorithm, pin: pinBytes(arts.pin) })
        expect(await nodeCrypto.verifySignature(spki, algorithm, BYTES, signature)).toBe(true)
      }
    }
  })

  test("whose certificates have other CKA_IDs than their keys signs with the key of the same modulus", async () => {
    const { signature } = await signWith(shimHost("strange-ids"), arts.pin)
    expect(await nodeCrypto.verifySignature(spki, request.algorithm, BYTES, signature)).toBe(true)
  })

  test("that was never activated says so before a PIN is tried", async () => {
    await expect(signWith(shimHost("not-activated"), arts.pin)).rejects.toMatchObject({
      code: "TOKEN_NOT_ACTIVATED",
      retriable: false,
    })
  })

  test("that does not take letters tells it apart from a wrong PIN", async () => {
    await expect(signWith(shimHost("data-invalid"), "abcdef")).rejects.toMatchObject({
      code: "PIN_CHARACTERS",
    })
  })

  test("asked for what it cannot do refuses before a PIN is tried", async () => {
    const algorithm = { scheme: "ecdsa", hash: "sha-256", curve: "P-256" } as const
    await expect(
      shimHost("plain-mechanisms").sign({ ...request, algorithm, pin: pinBytes(arts.pin) }),
    ).rejects.toMatchObject({ code: "ALGORITHM_UNSUPPORTED" })
  })
})
