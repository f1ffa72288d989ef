import { createHash } from "node:crypto"
import { CardError } from "../../../src-main/card/card-error.ts"
import type { CardHost } from "../../../src-main/card/host/card-host.ts"
import type { Token } from "../../../src-main/card/host/host-messages.ts"
import type { Signer } from "../../../src-protocol/signed-data.ts"
import type { SoftCard } from "../../../src-testkit/cards/soft-signer.ts"

export const SOFT_PIN = "482915"
export const SOFT_SERIAL = "0123456789abcdef"

/** A scripted card with its keys in memory: what it was asked, and what it shall answer next. */
export interface ScriptedCard {
  readonly host: CardHost
  /** Whether a PIN that crossed was still there when it did. */
  readonly pinsSeen: string[]
  readonly signatures: string[]
  /** Fails the next signature with this; the PIN counts as tried. */
  failNext(error: CardError): void
  /** Called when a signature is asked for, before it is made. */
  whileSigning(what: () => Promise<void>): void
}

const MECHANISMS = [0x0040, 0x0041, 0x0042, 0x0043, 0x0044, 0x0045, 0x1041]

const TOKEN: Token = {
  serial: SOFT_SERIAL,
  label: "scripted",
  manufacturer: "test",
  model: "test",
  reader: "test",
  pin: {
    initialised: true,
    countLow: false,
    finalTry: false,
    locked: false,
    shortest: 6,
    longest: 8,
    pinPad: false,
  },
  pinState: "ok",
}

export function scriptCard(card: SoftCard): ScriptedCard {
  const failures: CardError[] = []
  const [pinsSeen, signatures]: [string[], string[]] = [[], []]
  let during = (): Promise<void> => Promise.resolve()
  const signers = [card.signature, card.authentication].filter(
    ({ certificateChain }) => certificateChain.length > 0,
  )
  const host: CardHost = {
    probe: () =>
      Promise.resolve({
        ...{ manufacturer: "test", description: "", version: "1.0" },
        ...{ cryptokiVersion: "2.40", slots: 1 },
      }),
    listTokens: () => Promise.resolve([TOKEN]),
    readCertificates: () =>
      Promise.resolve({
        certificates: [...card.certificates.values()].map(({ der }) => der),
        authorities: [...(signers[0]?.certificateChain.slice(1) ?? [])],
        mechanisms: MECHANISMS,
      }),
    async sign({ certificateSha256, use, algorithm, bytes, pin }) {
      const typed = new TextDecoder().decode(pin)
      pinsSeen.push(typed)
      await during()
      const failure = failures.shift()
      if (failure !== undefined) throw failure
      if (typed !== SOFT_PIN) throw new CardError("PIN_WRONG", "C_Login: CKR_PIN_INCORRECT")
      const signer = signers.find((candidate) => sha256(candidate) === certificateSha256)
      if (signer === undefined) throw new CardError("WRONG_CERTIFICATE", "not on this card")
      signatures.push(use)
      return { signature: await signer.sign(bytes, algorithm), restrictions: [] }
    },
    settled: () => Promise.resolve(),
    stop: () => undefined,
  }
  return {
    host,
    pinsSeen,
    signatures,
    failNext: (error) => failures.push(error),
    whileSigning: (what) => {
      during = what
    },
  }
}

function sha256({ certificateChain: [leaf] }: Signer): string {
  return createHash("sha256")
    .update(leaf ?? new Uint8Array())
    .digest("hex")
}
