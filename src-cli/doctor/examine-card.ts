import { join } from "node:path"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { DEFAULT_MAXIMUM_CRL_AGE } from "../../src-protocol/check-revocation.ts"
import type { CertificateUse } from "../../src-protocol/check-uzi-certificate.ts"
import { readCertificate } from "../../src-protocol/certificate.ts"
import { DAY, type Instant, printInstant } from "../../src-protocol/instant.ts"
import { judgeCertificate } from "../../src-protocol/judge-certificate.ts"
import { reasonWords } from "../../src-protocol/reason-words.ts"
import type { CardHost } from "../../src-main/card/host/card-host.ts"
import { probe, type Probe } from "../../src-main/card/probe.ts"
import { NO_READERS_YET, type Readers } from "../../src-main/card/readers.ts"
import type { PinState, Token } from "../../src-main/card/host/host-messages.ts"
import { isForAuthentication, isForSignature } from "../../src-main/card/certificate-use.ts"
import { deskProblemOf } from "../../src-main/desk-problem.ts"
import { wordsFor } from "../../src-main/text/problem-words.ts"
import { openPki, readCrls } from "../../src-testkit/pki/test-pki.ts"
import { recordedCard, type CardOptions } from "../options/card.ts"
import { signerText } from "../../src-protocol/signer-text.ts"
import { examineLine, examineUnread } from "./examine-line.ts"
import { note, right, wrong, type Finding } from "./finding.ts"

/**
 * The line from the service to the module, and each card: its PIN and its certificates. Without readers, as for test
 * cards in files, the line begins at the module.
 */
export async function examineCards(
  host: CardHost,
  readers: Readers | undefined,
  options: CardOptions,
  now: Instant,
): Promise<readonly Finding[]> {
  const probed = await probe({ host, readers: readers ?? NO_READERS_YET, trust: undefined, at: now })
  const before = readers === undefined ? [] : examineLine(probed.links, ["service", "reader", "card"])
  const unread = examineUnread(probed)
  try {
    const { manufacturer, description, version } = await host.probe()
    const module = right("module", `${description || manufacturer}, version ${version}`)
    // Where there is no token, a module that loads can still be what is wrong: it may see no reader.
    const told =
      probed.cards.length > 0 ? [module] : [module, ...examineLine(probed.links, ["module"], "broken")]
    const findings = await Promise.all(
      probed.cards.map(({ token }) => examineToken(host, token, options, now)),
    )
    return [
      ...before,
      ...told,
      ...unread,
      ...(readers === undefined ? noneAtAll(probed) : []),
      ...findings.flat(),
    ]
  } catch (error) {
    const problem = deskProblemOf(error)
    return [...before, wrong("module", problem.code, wordsFor(problem, "en")), ...unread]
  }
}

function noneAtAll({ cards }: Probe): readonly Finding[] {
  if (cards.length > 0) return []
  return [wrong("card", "there is none", "make a test card first: vrijgave card create")]
}

async function examineToken(
  host: CardHost,
  token: Token,
  options: CardOptions,
  now: Instant,
): Promise<readonly Finding[]> {
  const what = `card ${token.label}`
  const { certificates, authorities } = await host.readCertificates(token.serial)
  const present = right(what, `${token.model || "a token"} in ${token.reader}, serial ${token.serial}`)
  const pki = (await recordedCard(options.softhsm, token.label))?.pki
  const uses = await Promise.all(
    USES.map(([use, isFor]) => {
      const found = certificates.filter((der) => isFor(readCertificate(der)))
      return examineCertificate(`${what}, ${use}`, use, found, authorities, pki, now)
    }),
  )
  return [present, examinePin(what, token.pin), ...uses]
}

function examinePin(what: string, { initialised, locked, finalTry, countLow, pinPad }: PinState): Finding {
  const name = `${what}, PIN`
  if (!initialised) return wrong(name, "not set", "activate the card with the software of its issuer")
  if (locked) return wrong(name, "locked", "unlock it with the PUK, in the software of the card's issuer")
  if (finalTry) return wrong(name, "one try left", "be sure of the PIN, or unlock it with the PUK first")
  if (countLow) return note(name, "a wrong PIN was typed before", "type it slowly: the tries are counted")
  return right(name, pinPad ? "set; it is typed on the reader" : "set, and not locked")
}

const USES = [
  ["signature", isForSignature],
  ["authentication", isForAuthentication],
] as const

async function examineCertificate(
  what: string,
  use: CertificateUse,
  found: readonly Uint8Array[],
  authorities: readonly Uint8Array[],
  pki: string | undefined,
  now: Instant,
): Promise<Finding> {
  const [leaf] = found
  if (leaf === undefined)
    return wrong(what, "there is no certificate", "use a card that has one: a UZI pass of a care provider")
  const { notAfter } = readCertificate(leaf)
  if (notAfter < now) return wrong(what, `expired on ${printInstant(notAfter)}`, "use a valid pass")
  if (pki === undefined)
    return note(what, `until ${printInstant(notAfter)}; not judged: no trust profile is known here`)
  const opened = await openPki(pki)
  const verdict = await judgeCertificate([leaf, ...authorities], use, {
    ...{
      crypto: nodeCrypto,
      trust: opened.trust,
      at: now,
      maximumCrlAgeMilliseconds: DEFAULT_MAXIMUM_CRL_AGE,
    },
    revocation: { crls: await readCrls(opened), checkedAt: now },
  })
  if (verdict.is === "refused") return wrong(what, verdict.reason, adviceFor(verdict.reason, pki))
  const days = Math.floor((verdict.signer.notAfter - now) / DAY)
  return right(what, `${signerText(verdict.signer)}, good for ${String(days)} more days`)
}

function adviceFor(reason: keyof (typeof reasonWords)["en"], pki: string): string {
  if (reason === "revocation-unknown")
    return `the lists in ${join(pki, "crls.pem")} are old: vrijgave pki refresh --dir ${pki}`
  return reasonWords.en[reason].clinician
}
