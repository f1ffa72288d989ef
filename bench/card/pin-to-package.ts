import { execFile } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"
import { z } from "zod"
import type { PrivateReader } from "../../native/virtual-card/private-reader.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { cardSigner } from "../../src-main/card/card-signer.ts"
import { readCard } from "../../src-main/card/read-card.ts"
import { reviewSigner, signatureChain } from "../../src-main/consult/review-signer.ts"
import { judgeOwnPackage, signStatement, type ToSign } from "../../src-main/consult/sign-statement.ts"
import { warmUp } from "../../src-main/consult/warm-up.ts"
import { HOUR } from "../../src-protocol/instant.ts"
import { judgeCertificate } from "../../src-protocol/judge-certificate.ts"
import type { VirtualTestCard } from "../../src-testkit/cards/create-virtual-card.ts"
import { readCrls, type TestPki } from "../../src-testkit/pki/test-pki.ts"
import { median } from "../support/rounds.ts"
import { openCardSide, PIN, timed, type CardSide } from "./open-reader.ts"
import type { Finding } from "./report.ts"

const run = promisify(execFile)
const BARE = join(import.meta.dirname, "bare-signature.ts")
const Times = z.array(z.number())
const MOST_OF_THE_CARD_PERCENT = 10

/**
 * From the PIN to a package that the desk has judged, as at the desk: the card was looked at while the clinician read. Beside
 * it, in turn, the same signature by the module alone; the difference is ours.
 */
export async function pinToPackage(
  reader: PrivateReader,
  pki: TestPki,
  chip: VirtualTestCard,
  { rounds, link }: { readonly rounds: number; readonly link: "fast" | "slow" },
): Promise<readonly Finding[]> {
  await reader.insert(chip.image)
  const side = openCardSide(reader, pki)
  await side.until(({ cards }) => cards.some(({ holder }) => holder !== undefined))
  const sign = await signingDesk(side, pki, chip)
  await sign()
  const [ours, bare]: [number[], number[]] = [[], []]
  for (let i = 0; i < rounds; i += 1) {
    await side.line.look()
    ours.push(await timed(sign))
    bare.push(await bareSignature(reader))
  }
  side.stop()
  await reader.remove()
  const [whole, card] = [median(ours), median(bare)]
  const share: Finding = {
    name: `${link} link: our share, of the card's`,
    found: (100 * (whole - card)) / card,
    unit: "%",
  }
  return [
    { name: `${link} link: PIN to package, median`, found: whole, unit: "ms" },
    { name: `${link} link: the card and its module alone, median`, found: card, unit: "ms" },
    link === "slow" ? { ...share, atMost: MOST_OF_THE_CARD_PERCENT } : share,
  ]
}

/** Two in a process: the first is a warm-up. */
async function bareSignature(reader: PrivateReader): Promise<number> {
  const { stdout } = await run(process.execPath, ["--no-warnings", BARE, reader.openscModule, "2"], {
    env: { ...process.env, ...reader.environment },
  })
  return Times.parse(JSON.parse(stdout))[1] ?? Number.NaN
}

async function signingDesk(
  { host }: CardSide,
  pki: TestPki,
  { tokenSerialNumber }: VirtualTestCard,
): Promise<() => Promise<unknown>> {
  const now = Date.now()
  const revocation = { crls: await readCrls(pki), checkedAt: now }
  const facts = { crypto: nodeCrypto, trust: pki.trust, at: now, revocation }
  const card = await readCard(host, tokenSerialNumber, pki.trust, now)
  const chain = signatureChain(card)
  const judged = await judgeCertificate(chain, "signature", { ...facts, maximumCrlAgeMilliseconds: HOUR })
  if (judged.is === "refused") throw new Error(judged.detail)
  const clinician = await reviewSigner(card, judged.signer, facts)
  await warmUp(chain, facts)
  const toSign = { ...consult(now), clinician }
  return async () => {
    const pin = new TextEncoder().encode(PIN)
    const once = { restrictions: [], learn: () => undefined, pin }
    const signer = cardSigner({ host, card, use: "signature", ...once })
    const authorisation = await signStatement(nodeCrypto, toSign, signer, now)
    await judgeOwnPackage(authorisation, toSign, { ...facts, clockDifferenceMilliseconds: 0 })
  }
}

function consult(now: number): Omit<ToSign, "clinician"> {
  const registeredAt = new Date(now).toISOString()
  const times = { registeredAt, expiresAt: registeredAt, state: "registered", represented: false } as const
  return {
    code: { reference: "314159", confirmation: "2653" },
    disclosure: { hash: "5f".repeat(32), ...times },
  }
}
