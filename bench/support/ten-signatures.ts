import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { cardSigner } from "../../src-main/card/card-signer.ts"
import { createCardHost } from "../../src-main/card/host/card-host.ts"
import { forkChildProcess } from "../../src-main/card/host/fork-child-process.ts"
import { readCard } from "../../src-main/card/read-card.ts"
import { reviewSigner, signatureChain } from "../../src-main/consult/review-signer.ts"
import { judgeOwnPackage, signStatement } from "../../src-main/consult/sign-statement.ts"
import { warmUp } from "../../src-main/consult/warm-up.ts"
import { judgeCertificate } from "../../src-protocol/judge-certificate.ts"
import { openPki, readCrls } from "../../src-testkit/pki/test-pki.ts"
import { HOUR } from "../../src-protocol/instant.ts"

// A desk that has just been started, from the card to the tenth package: prints how many microseconds each of ten took.

const [directory = "", modulePath = "", tokenSerial = "", pin = "", how = ""] = process.argv.slice(2)
const pki = await openPki(directory)
const now = Date.now()
const facts = {
  crypto: nodeCrypto,
  trust: pki.trust,
  at: now,
  revocation: { crls: await readCrls(pki), checkedAt: now },
}
const fork = forkChildProcess({ SOFTHSM2_CONF: process.env["SOFTHSM2_CONF"] ?? "" })
const host = createCardHost({ fork, modulePath })
const card = await readCard(host, tokenSerial, pki.trust, now)
const judged = await judgeCertificate(signatureChain(card), "signature", {
  ...facts,
  maximumCrlAgeMilliseconds: HOUR,
})
if (judged.is === "refused") throw new Error(judged.detail)
const clinician = await reviewSigner(card, judged.signer, facts)
if (how === "warm") await warmUp(signatureChain(card), facts)

const registeredAt = new Date(now).toISOString()
const disclosure = {
  hash: "5f".repeat(32),
  registeredAt,
  expiresAt: registeredAt,
  state: "registered",
  represented: false,
} as const
const toSign = { code: { reference: "314159", confirmation: "2653" }, disclosure, clinician }
const times: number[] = []
for (let i = 0; i < 10; i++) {
  const begun = performance.now()
  const signer = cardSigner({
    ...{ host, card, use: "signature", restrictions: [], learn: () => undefined },
    pin: new TextEncoder().encode(pin),
  })
  const authorisation = await signStatement(nodeCrypto, toSign, signer, now)
  await judgeOwnPackage(authorisation, toSign, { ...facts, clockDifferenceMilliseconds: 0 })
  times.push((performance.now() - begun) * 1_000)
}
host.stop()
console.log(JSON.stringify(times))
