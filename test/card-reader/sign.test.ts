import { verify, X509Certificate } from "node:crypto"
import { afterAll, afterEach, describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { CardError } from "../../src-main/card/card-error.ts"
import { createCardHost, type CardHost } from "../../src-main/card/host/card-host.ts"
import { forkChildProcess } from "../../src-main/card/host/fork-child-process.ts"
import { cardSigner } from "../../src-main/card/card-signer.ts"
import { readCard } from "../../src-main/card/read-card.ts"
import type { SignatureAlgorithm } from "../../src-protocol/crypto-port.ts"
import { composeAuthorisation } from "../../src-protocol/signed-data.ts"
import { verifyAuthorisation, type Verdict } from "../../src-protocol/verify-authorisation.ts"
import type { VirtualTestCard } from "../../src-testkit/cards/create-virtual-card.ts"
import { readCrls } from "../../src-testkit/pki/test-pki.ts"
import { pinBytes } from "../card/support/card-home.ts"
import { factsAt } from "../support/judging-world.ts"
import { testPki } from "../support/test-pki.ts"
import { makeChip, openReader, PIN, readerOf } from "./support/open-reader.ts"

const found = await openReader()
const reader = () => readerOf(found)
const HASH = "ab".repeat(32)
const CODE = { reference: "407192", confirmation: "8356" }
const BYTES = new TextEncoder().encode("to be signed")

let running: CardHost | undefined

afterAll(() => running?.stop())

afterEach(async () => {
  if ("missing" in found) return
  await reader().setFaults([])
  await reader().remove()
})

function host(): CardHost {
  running ??= createCardHost({
    fork: forkChildProcess(reader().environment),
    modulePath: reader().openscModule,
  })
  return running
}

async function signerOf(chip: VirtualTestCard, use: "signature" | "authentication", pin = PIN) {
  const { trust } = await testPki()
  const card = await readCard(host(), chip.tokenSerialNumber, trust, Date.now())
  const options = { host: host(), card, use, pin: pinBytes(pin), restrictions: [], learn: () => undefined }
  return cardSigner(options)
}

/** Signs as the desk does and judges as the phone does. */
async function authorise(chip: VirtualTestCard): Promise<Verdict> {
  const pki = await testPki()
  const signer = await signerOf(chip, "signature")
  const at = Date.now()
  const authorisation = await composeAuthorisation(nodeCrypto, { hash: HASH, code: CODE }, signer, at)
  return await verifyAuthorisation(authorisation, factsAt(at, pki.trust, await readCrls(pki)))
}

describe.skipIf("missing" in found)("the card host signs with a chip in a reader, through OpenSC", () => {
  test.each(["arts", "huisarts", "arts-p256", "arts-p384", "arts-pss"])(
    "a card of the profile %s makes a package that is accepted",
    async (profile) => {
      const chip = await makeChip(profile, "Zoë d'Été-Chip")
      await reader().insert(chip.image)
      const verdict = await authorise(chip)
      expect(verdict).toMatchObject({ is: "authorised", hash: HASH, ...CODE })
      await host().settled()
      expect((await reader().status()).card).toMatchObject({ pinTries: 3, pinVerified: false })
      expect(verdict.signer?.uziNumber).toBe(chip.holder.uziNumber)
    },
  )

  test("sign-in is by the other key, with another certificate", async () => {
    const chip = await makeChip("arts-p256")
    await reader().insert(chip.image)
    const signer = await signerOf(chip, "authentication")
    const [algorithm] = signer.algorithms
    await reader().log({ clear: true })
    const signature = await signer.sign(BYTES, algorithm ?? never())
    const certificate = new X509Certificate(chip.certificates.get("authenticiteit")?.der ?? new Uint8Array())
    expect(Buffer.from(signer.certificateChain[0] ?? [])).toEqual(certificate.raw)
    expect(verify("sha256", BYTES, certificate.publicKey, signature)).toBe(true)
    const keys = (await reader().log()).filter(({ command }) => command.startsWith("0087"))
    expect(keys.map(({ command }) => command.slice(6, 8))).toEqual(["9a"])
  })

  test("a signature that the card spoilt is refused by the judging, and never accepted", async () => {
    const chip = await makeChip("arts-p256")
    await reader().insert(chip.image)
    await reader().setFaults([{ when: { begins: "0087" }, then: { is: "wrong-bytes" }, times: "always" }])
    const outcome = await authorise(chip).catch((error: unknown) => error)
    expect(outcome).not.toMatchObject({ is: "authorised" })
  })

  test("a card that is pulled out in mid-signature gives an error and no package; put back, it signs", async () => {
    const chip = await makeChip("arts-p256")
    await reader().insert(chip.image)
    const removal = { is: "removal", afterMilliseconds: 40 } as const
    await reader().setFaults([{ when: { begins: "0087" }, then: removal }])
    const failure: unknown = await authorise(chip).catch((error: unknown) => error)
    // CKR_GENERAL_ERROR where OpenSC asked the card once more before it looked whether it was there.
    expect(["CARD_REMOVED", "CARD_FAILED"]).toContain(failure instanceof CardError ? failure.code : failure)
    expect((await reader().status()).card).toBeUndefined()
    await reader().insert(chip.image)
    expect(await authorise(chip)).toMatchObject({ is: "authorised" })
  })

  test("a wrong PIN costs one try and no more", async () => {
    const chip = await makeChip("arts-p256")
    await reader().insert(chip.image)
    const signer = await signerOf(chip, "signature", "999999")
    await expect(signer.sign(BYTES, signer.algorithms[0] ?? never())).rejects.toMatchObject({
      code: "PIN_WRONG",
    })
    expect((await reader().status()).card).toMatchObject({ pinTries: 2, pinVerified: false })
  })
})

function never(): SignatureAlgorithm {
  throw new RangeError("the card offers no algorithm")
}
