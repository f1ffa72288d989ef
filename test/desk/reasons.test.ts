import { beforeAll, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { judgeOwnPackage, type ToSign } from "../../src-main/consult/sign-statement.ts"
import { DeskError } from "../../src-main/desk-problem.ts"
import { SECOND, printInstant } from "../../src-protocol/instant.ts"
import { JUDGING_REASONS, PASSING_REASONS } from "../../src-protocol/reasons.ts"
import { composeAuthorisation } from "../../src-protocol/signed-data.ts"
import { cardHolder } from "../../src-testkit/cards/card-holder.ts"
import { cardProfile } from "../../src-testkit/profiles.ts"
import { onePackageAReason } from "../support/bad-packages.ts"
import { HOLDER_NAME, judgingWorld, type JudgingWorld } from "../support/judging-world.ts"
import { testPki } from "../support/test-pki.ts"

const BAD = onePackageAReason()
const STATEMENT = { hash: "0123456789abcdef".repeat(4), code: { reference: "012345", confirmation: "0678" } }
const CLINICIAN = cardHolder(cardProfile("arts"), HOLDER_NAME)
let world: JudgingWorld

beforeAll(async () => {
  world = judgingWorld(await testPki(), Math.floor(Date.now() / SECOND) * SECOND, STATEMENT)
})

function toSign(): ToSign {
  const times = { registeredAt: printInstant(world.now), expiresAt: printInstant(world.now + SECOND) }
  const disclosure = { hash: STATEMENT.hash, state: "registered", represented: false, ...times } as const
  return { code: STATEMENT.code, disclosure, clinician: CLINICIAN }
}

test("a good package is fit to leave the desk", async () => {
  const authorisation = await composeAuthorisation(
    nodeCrypto,
    STATEMENT,
    await world.signerOf("arts"),
    world.now,
  )
  const facts = { ...(await world.facts()), clockDifferenceMilliseconds: 0 }
  await expect(judgeOwnPackage(authorisation, toSign(), facts)).resolves.toMatchObject({ is: "authorised" })
})

test("every reason of judging is tried below", () => {
  expect(BAD.map(({ reason }) => reason).sort()).toEqual([...JUDGING_REASONS].sort())
})

test.each(BAD)("a package ($what) does not leave the desk: $reason", async ({ reason, make, facts }) => {
  const authorisation = await make(world)
  const usual = await world.facts()
  const judging = judgeOwnPackage(authorisation, toSign(), {
    ...(facts?.(usual) ?? usual),
    clockDifferenceMilliseconds: 0,
  })
  const error: unknown = await judging.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  expect(error).toBeInstanceOf(DeskError)
  expect(error).toMatchObject({
    problem: { code: "JUDGED_UNFIT", reason, retriable: PASSING_REASONS.has(reason) },
  })
})

test.each([
  ["hash-mismatch", { hash: "f".repeat(64) }],
  ["reference-mismatch", { code: { reference: "999999", confirmation: "0678" } }],
  ["confirmation-mismatch", { code: { reference: "012345", confirmation: "9999" } }],
] as const)(
  "a package for something else than was found does not leave the desk: %s",
  async (reason, change) => {
    const authorisation = await composeAuthorisation(
      nodeCrypto,
      { ...STATEMENT, ...change },
      await world.signerOf("arts"),
      world.now,
    )
    const facts = { ...(await world.facts()), clockDifferenceMilliseconds: 0 }
    await expect(judgeOwnPackage(authorisation, toSign(), facts)).rejects.toMatchObject({
      problem: { reason },
    })
  },
)

test("a package by another card than the session's does not leave the desk", async () => {
  const authorisation = await composeAuthorisation(
    nodeCrypto,
    STATEMENT,
    await world.signerOf("arts"),
    world.now,
  )
  const facts = { ...(await world.facts()), clockDifferenceMilliseconds: 0 }
  const another = { ...toSign(), clinician: { uziNumber: "900000001", subscriberNumber: "90000001" } }
  await expect(judgeOwnPackage(authorisation, another, facts)).rejects.toMatchObject({
    problem: { reason: "signer-mismatch" },
  })
})
