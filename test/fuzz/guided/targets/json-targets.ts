import { webcrypto } from "node:crypto"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { verifyWebEidToken } from "../../../../src-backend/sessions/web-eid-token.ts"
import { nodeCrypto } from "../../../../src-crypto/node-crypto.ts"
import { Outbox } from "../../../../src-main/outbox/outbox.ts"
import { PhoneError } from "../../../../src-phone/phone-error.ts"
import { stateStore } from "../../../../src-phone/state/state-store.ts"
import { BatchesAnswer, FindAnswer, SessionAnswer, WebEidToken } from "../../../../src-protocol/api.ts"
import { base64Of, base64UrlOf } from "../../../../src-protocol/bytes.ts"
import { PROBLEM_MEDIA_TYPE } from "../../../../src-protocol/problems.ts"
import { parseTrustProfile, printTrustProfile } from "../../../../src-protocol/uzi/trust-profile.ts"
import { errorOf, readJson } from "../../../../src-phone/backend/read-answer.ts"
import { readProblem } from "../../../../src-main/backend/read-problem.ts"
import type { Target } from "../target.ts"
import { isProtocolError, mustHold, type FuzzWorld } from "./fuzz-world.ts"

/** Whatever is JSON from outside of a process: a token, a file, an answer. */
export async function jsonTargets(world: FuzzWorld): Promise<readonly Target[]> {
  return [
    webEidTarget(world),
    trustTarget(world),
    phoneStateTarget(world),
    await outboxTarget(world),
    answerTarget(),
  ]
}

function jsonOf(input: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(input))
  } catch {
    return undefined
  }
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

function webEidTarget({ certificates }: FuzzWorld): Target {
  const seeds = certificates.map((certificate, i) =>
    json({
      format: "web-eid:1.0",
      unverifiedCertificate: base64Of(certificate),
      algorithm: i === 0 ? "RS256" : "ES256",
      signature: base64Of(new Uint8Array(i === 0 ? 256 : 64).fill(1)),
    }),
  )
  const challenge = { origin: "https://desk.example", nonce: "n".repeat(44) }
  return target("web-eid", seeds, ["src-protocol/api.ts", "web-eid-token"], async (input) => {
    const token = WebEidToken.safeParse(jsonOf(input))
    if (!token.success) return
    await verifyWebEidToken(nodeCrypto, token.data, challenge)
    mustHold(false, "a token without a good signature is accepted")
  })
}

function trustTarget({ pki }: FuzzWorld): Target {
  const seeds = [
    json(printTrustProfile(pki.trust)),
    json({ profile: "production", anchors: [base64Of(pki.root)] }),
  ]
  return target("trust", seeds, ["trust-profile", "environments"], async (input) => {
    const profile = await parseTrustProfile(nodeCrypto, jsonOf(input))
    const printed = JSON.stringify(printTrustProfile(profile))
    const again = await parseTrustProfile(nodeCrypto, JSON.parse(printed))
    mustHold(JSON.stringify(printTrustProfile(again)) === printed, "a profile is read as it was printed")
  })
}

const SECRET = base64UrlOf(new Uint8Array(32).fill(7))

function phoneStates({ packages, pki, statement, crls }: FuzzWorld): readonly Uint8Array[] {
  const [authorisation = new Uint8Array()] = packages
  const drawn = {
    code: "0123450678",
    opaque: base64UrlOf(new Uint8Array(79)),
    hash: statement.hash,
    pickupKey: SECRET,
    composedAt: 1,
  }
  const pickedUp = { authorisation: base64UrlOf(authorisation) }
  const signer = { name: "A", profession: "arts", uziNumber: "900000001" }
  const authority = {
    certificate: base64UrlOf(pki.root),
    crl: base64UrlOf(crls[0] ?? new Uint8Array()),
    lowestNumber: "1",
  }
  const disclosures = [
    undefined,
    { ...drawn, step: "registering", representationToken: "t" },
    { ...drawn, step: "registered", expiresAt: 2, mismatches: 0 },
    { ...drawn, ...pickedUp, step: "received", expiresAt: 2, mismatches: 1, reason: "own-clock-wrong" },
    {
      ...drawn,
      ...pickedUp,
      step: "verified",
      signer,
      signedAt: 1,
      verifiedAt: 2,
      receipt: "owed",
      publishAt: 3,
    },
    { step: "publishing", opaque: drawn.opaque, ...pickedUp, signer, since: 1 },
    { step: "refused", reason: "bad-signature", owed: { reference: "012345", pickupKey: SECRET } },
  ]
  return disclosures.map((disclosure) =>
    json({
      format: "vrijgave-phone",
      version: 1,
      seed: { day: 20_000, key: SECRET },
      authorities: { ab: authority },
      disclosure,
    }),
  )
}

/** What is loaded can be saved, and is loaded again as the same. */
function phoneStateTarget(world: FuzzWorld): Target {
  const read = async (input: Uint8Array): Promise<void> => {
    let kept = input
    const storage = {
      read: () => Promise.resolve(kept),
      write: (bytes: Uint8Array) => {
        kept = bytes
        return Promise.resolve()
      },
    }
    const store = stateStore(storage, nodeCrypto, () => 0)
    const loaded = await store.load()
    await loaded.save(loaded.state)
    mustHold(
      JSON.stringify((await store.load()).state) === JSON.stringify(loaded.state),
      "a state stays itself",
    )
  }
  const refuses = (error: unknown): boolean => error instanceof PhoneError && error.code.startsWith("state-")
  return { ...target("phone-state", phoneStates(world), ["src-phone/state/", "api.ts"], read), refuses }
}

/** A damaged file is told by name, and stands in nobody's way. */
async function outboxTarget({ packages }: FuzzWorld): Promise<Target> {
  const [authorisation = new Uint8Array()] = packages
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-fuzz-outbox-"))
  const outbox = new Outbox(directory)
  const signer = { uziNumber: "900000001", subscriberNumber: "90000001" }
  const digest = await webcrypto.subtle.digest("SHA-256", new Uint8Array(authorisation))
  const name = `${Buffer.from(digest).toString("hex")}.json`
  const seed = json({
    version: 1,
    reference: "012345",
    signer,
    writtenAt: 1,
    authorisation: base64Of(authorisation),
  })
  const read = async (input: Uint8Array): Promise<void> => {
    await writeFile(join(directory, name), input)
    const { entries, damaged } = await outbox.contents()
    mustHold(entries.length + damaged.length === 1, "a file is either an entry or damaged")
    await outbox.entriesOf(signer)
  }
  return {
    ...target("outbox", [seed], ["src-main/outbox/"], read),
    refuses: () => false,
    close: () => rm(directory, { recursive: true }),
  }
}

/** What phone and desk make of the answers of a backend, good ones and problems. */
function answerTarget(): Target {
  const clinician = { name: "A", uziNumber: "900000001", subscriberNumber: "90000001", roleCode: "01.015" }
  const time = "2026-11-22T10:00:00.000Z"
  const seeds = [
    {
      type: "urn:vrijgave:problem:refused",
      title: "t",
      status: 422,
      reason: "bad-signature",
      puzzle: { leadingZeroBits: 9 },
    },
    { hash: "ab".repeat(32), registeredAt: time, expiresAt: time, state: "registered", represented: false },
    { sessionToken: SECRET, expiresAt: time, clinician, authorisedSinceLastSignIn: 0, budgetLeft: 50 },
    { first: 0, last: 3, cycleSeconds: 7_200 },
  ].map((value) => json(value))
  return {
    ...target("answer", seeds, ["api.ts", "problems.ts", "reasons.ts"], (body) => {
      readProblem(422, PROBLEM_MEDIA_TYPE, body, new TextDecoder().decode(body.subarray(0, 4)))
      errorOf({ status: 422, mediaType: PROBLEM_MEDIA_TYPE, body })
      for (const schema of [FindAnswer, SessionAnswer, BatchesAnswer]) {
        try {
          readJson({ status: 200, mediaType: "application/json", body }, schema)
        } catch (error) {
          if (!(error instanceof PhoneError) || error.code !== "wrong-answer") throw error
        }
      }
    }),
    refuses: () => false,
  }
}

function target(
  name: string,
  seeds: readonly Uint8Array[],
  vocabulary: readonly string[],
  read: Target["read"],
): Target {
  return { name, seeds, shape: "json", vocabulary, read, refuses: isProtocolError }
}
