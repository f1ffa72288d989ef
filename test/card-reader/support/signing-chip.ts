import { createHash, createVerify } from "node:crypto"
import type { PrivateReader } from "../../../native/virtual-card/private-reader.ts"
import { createCardWatcher } from "../../../src-main/card/card-watcher.ts"
import { CardError } from "../../../src-main/card/card-error.ts"
import { createCardHost, type CardHost, type CardHostOptions } from "../../../src-main/card/host/card-host.ts"
import { forkChildProcess } from "../../../src-main/card/host/fork-child-process.ts"
import type { SignRequest } from "../../../src-main/card/host/host-messages.ts"
import { readCard, type Card } from "../../../src-main/card/read-card.ts"
import { readCertificate } from "../../../src-protocol/certificate.ts"
import type { CertificateUse } from "../../../src-protocol/check-uzi-certificate.ts"
import type { VirtualTestCard } from "../../../src-testkit/cards/create-virtual-card.ts"
import { whenFileIsDone } from "../../card/support/when-file-is-done.ts"
import { testPki } from "../../support/test-pki.ts"
import { PIN } from "./open-reader.ts"

/** A card host on OpenSC and this reader; it is stopped when the test file is done. */
export function chipHost(reader: PrivateReader, options: Partial<CardHostOptions> = {}): CardHost {
  const fork = forkChildProcess(reader.environment)
  const watcher = createCardWatcher({ fork })
  const host = createCardHost({ fork, modulePath: reader.openscModule, watcher, ...options })
  const stop = (): void => {
    host.stop()
    watcher.stop()
  }
  whenFileIsDone(stop)
  return { ...boundTo(host), stop }
}

/** A class's methods, to be handed on one by one. */
function boundTo(host: CardHost): Omit<CardHost, "stop"> {
  return {
    probe: () => host.probe(),
    listTokens: () => host.listTokens(),
    readCertificates: (serial) => host.readCertificates(serial),
    sign: (request) => host.sign(request),
    settled: () => host.settled(),
  }
}

/** The card as the desk reads it. */
export async function readChip(host: CardHost, { tokenSerialNumber }: VirtualTestCard): Promise<Card> {
  return await readCard(host, tokenSerialNumber, (await testPki()).trust, Date.now())
}

export type Signed =
  { readonly is: "signed"; readonly verifies: boolean } | { readonly is: "failed"; readonly error: CardError }

export const SIGNED: Signed = { is: "signed", verifies: true }

/** One signature over these bytes by that card's key; whether it verifies, or how it failed. */
export async function signWith(
  host: CardHost,
  card: Card,
  {
    pin = PIN,
    use = "signature",
    text = "what is signed",
  }: { pin?: string; use?: CertificateUse; text?: string } = {},
): Promise<Signed> {
  const certificate = card.certificates[use]?.certificate ?? readCertificate(new Uint8Array())
  const bytes = new TextEncoder().encode(text)
  const algorithm: SignRequest["algorithm"] =
    certificate.publicKey.is === "ec"
      ? { scheme: "ecdsa", hash: "sha-256", curve: "P-256" }
      : { scheme: "rsa-pkcs1", hash: "sha-256" }
  try {
    const { signature } = await host.sign({
      tokenSerial: card.token.serial,
      certificateSha256: createHash("sha256").update(certificate.der).digest("hex"),
      ...{ use, algorithm, bytes, pin: new TextEncoder().encode(pin) },
    })
    const key = { key: Buffer.from(certificate.spki), format: "der", type: "spki" } as const
    return { is: "signed", verifies: createVerify("sha256").update(bytes).verify(key, signature) }
  } catch (error) {
    if (error instanceof CardError) return { is: "failed", error }
    throw error
  }
}

/** The problem of a signature that failed; of one that did not, what became of it. */
export function problemOf(signed: Signed): string {
  if (signed.is === "failed") return signed.error.code
  return signed.verifies ? "signed" : "signed wrongly"
}
