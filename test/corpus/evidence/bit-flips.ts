import { readSignedData } from "../../../src-protocol/read-signed-data.ts"
import { unwrapSmime, wrapSmime } from "../../../src-protocol/smime.ts"
import { verifyAuthorisation, type Facts, type Verdict } from "../../../src-protocol/verify-authorisation.ts"
import { regionsOfMessage } from "./message-regions.ts"
import { regionsOfMail } from "./mail-regions.ts"

/** What came of turning each bit of one region, one at a time. */
export interface RegionTally {
  readonly region: string
  bits: number
  /** Authorised, with the very hash, code and signer of the whole package. */
  acceptedUnchanged: number
  /** Authorised with anything else. */
  acceptedChanged: number
  /** Neither a verdict nor a refusal: an error came out. */
  threw: number
  readonly refused: Map<string, number>
}

export interface BitFlips {
  readonly form: "S/MIME message" | "DER within it"
  readonly tallies: readonly RegionTally[]
}

/** Turns every `step`-th bit of the package's text, beginning with the first. */
export async function flipMail(good: Uint8Array, facts: Facts, step = 1): Promise<BitFlips> {
  return {
    form: "S/MIME message",
    tallies: await flip(good, regionsOfMail(good), (bytes) => bytes, good, facts, step),
  }
}

/** As `flipMail` for the DER, wrapped again: past the one form of the text, as an attacker would. */
export async function flipMessage(good: Uint8Array, facts: Facts, step = 1): Promise<BitFlips> {
  const der = unwrapSmime(good)
  const regions = regionsOfMessage(der, readSignedData(der))
  return { form: "DER within it", tallies: await flip(der, regions, wrapSmime, good, facts, step) }
}

async function flip(
  bytes: Uint8Array,
  regions: readonly string[],
  wrap: (changed: Uint8Array) => Uint8Array,
  good: Uint8Array,
  facts: Facts,
  step: number,
): Promise<readonly RegionTally[]> {
  const meant = meaningOf(await verifyAuthorisation(good, facts))
  const tallies = new Map<string, RegionTally>()
  for (let bit = 0; bit < bytes.length * 8; bit += step) {
    const at = bit >> 3
    const changed = bytes.with(at, (bytes[at] ?? 0) ^ (0x80 >> (bit & 7)))
    const tally = tallyOf(tallies, regions[at] ?? "beyond")
    tally.bits++
    await note(tally, wrap(changed), facts, meant)
  }
  return [...tallies.values()]
}

function tallyOf(tallies: Map<string, RegionTally>, region: string): RegionTally {
  const known = tallies.get(region)
  if (known !== undefined) return known
  const fresh = { region, bits: 0, acceptedUnchanged: 0, acceptedChanged: 0, threw: 0, refused: new Map() }
  tallies.set(region, fresh)
  return fresh
}

async function note(
  tally: RegionTally,
  authorisation: Uint8Array,
  facts: Facts,
  meant: string,
): Promise<void> {
  try {
    const verdict = await verifyAuthorisation(authorisation, facts)
    if (verdict.is === "refused") {
      tally.refused.set(verdict.reason, (tally.refused.get(verdict.reason) ?? 0) + 1)
    } else if (meaningOf(verdict) === meant) tally.acceptedUnchanged++
    else tally.acceptedChanged++
  } catch {
    // Whatever it was: judging promises a verdict for any bytes.
    tally.threw++
  }
}

/** Everything that anyone takes from a verdict. */
function meaningOf(verdict: Verdict): string {
  if (verdict.is === "refused") return verdict.reason
  const { hash, reference, confirmation, signedAt, signer } = verdict
  return JSON.stringify([hash, reference, confirmation, signedAt, signer.uziNumber, signer.certificateSha256])
}
