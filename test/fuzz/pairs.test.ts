import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { readServerSentEvents } from "../../src-main/backend/server-sent-events.ts"
import { Outbox } from "../../src-main/outbox/outbox.ts"
import { padded } from "../../src-phone/backend/ask-backend.ts"
import type { PhoneState } from "../../src-phone/state/phone-state.ts"
import { stateStore } from "../../src-phone/state/state-store.ts"
import {
  MAX_AUTHORISATION_BYTES,
  PublishRequest,
  ReceiptRequest,
  RegisterRequest,
  ROUTES,
  routePath,
} from "../../src-protocol/api.ts"
import { base64UrlOf } from "../../src-protocol/bytes.ts"
import { REFUSAL_REASONS } from "../../src-protocol/reasons.ts"
import { parseTrustProfile, printTrustProfile, testProfile } from "../../src-protocol/uzi/trust-profile.ts"
import { parseUziName, printUziName } from "../../src-protocol/uzi/uzi-name.ts"
import { anyHash } from "../protocol/arbitraries.ts"
import { testPki } from "../support/test-pki.ts"

const digits = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))
const anySecret = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(base64UrlOf)

function jsonIn(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes))
}

test("every UZI name that is printed is read again", () => {
  const anyName = fc.record({
    authorityOid: fc
      .tuple(fc.nat(2), fc.array(fc.nat(99_999), { minLength: 1, maxLength: 8 }))
      .map(([root, arcs]) => [root, ...arcs].join(".")),
    version: digits(1),
    uziNumber: digits(9),
    passType: fc.constantFrom("Z", "N", "M", "S"),
    subscriberNumber: digits(8),
    roleCode: fc.tuple(digits(2), digits(3)).map((parts) => parts.join(".")),
    agbCode: digits(8),
  })
  fc.assert(
    fc.property(anyName, (name) => {
      expect(parseUziName(printUziName(name))).toEqual(name)
    }),
  )
})

test("every test profile that is printed is read again, all of it", async () => {
  const pki = await testPki()
  const anyAuthority = fc.record({
    passType: fc.constantFrom("Z", "N", "M", "S"),
    knownBy: fc.record({ spkiSha256: anyHash }),
  })
  const authorities = fc.array(anyAuthority, { minLength: 1, maxLength: 6 })
  const intermediates = fc.subarray([...pki.intermediates])
  await fc.assert(
    fc.asyncProperty(authorities, intermediates, async (issuingAuthorities, between) => {
      const profile = { ...testProfile([pki.root], between), issuingAuthorities }
      const printed: unknown = JSON.parse(JSON.stringify(printTrustProfile(profile)))
      expect(await parseTrustProfile(nodeCrypto, printed)).toEqual(profile)
    }),
  )
})

const anyRegistration = fc.record(
  {
    reference: digits(6),
    hash: anyHash,
    pickupHash: anySecret,
    representationToken: fc.stringMatching(/^[A-Za-z0-9._~+/-]{1,510}={0,2}$/),
    puzzleAnswer: fc.stringMatching(/^[0-9]{1,16}$/),
  },
  { requiredKeys: ["reference", "hash", "pickupHash"] },
)
const anyReceipt = fc.oneof(
  fc.constant({ accepted: true }),
  fc.record({ accepted: fc.constant(false), reason: fc.constantFrom(...REFUSAL_REASONS) }),
)
const anyPublication = fc.record({
  opaque: fc.uint8Array({ minLength: 79, maxLength: 79 }).map(base64UrlOf),
  authorisation: fc
    .oneof(fc.nat(MAX_AUTHORISATION_BYTES), fc.constant(MAX_AUTHORISATION_BYTES))
    .map((length) => base64UrlOf(new Uint8Array(length).fill(length))),
})

test.each([
  ["registration", anyRegistration, RegisterRequest, ROUTES.register.paddedTo.request],
  ["receipt", anyReceipt, ReceiptRequest, ROUTES.receipt.paddedTo.request],
  ["publication", anyPublication, PublishRequest, ROUTES.publish.paddedTo.request],
] as const)("every %s fills its padding exactly, and is read again", (_, requests, schema, size) => {
  fc.assert(
    // One type for the three, so that each meets its own schema.
    fc.property<[unknown]>(requests, (request) => {
      const body = padded(request, size)
      expect(body).toHaveLength(size)
      expect(schema.parse(jsonIn(body))).toEqual(request)
    }),
    { numRuns: 100 },
  )
})

test.each(["é", '"', "\\", "\n", "\u0001", " ", "😀"])(
  "a token of representation with %j in it, which JSON writes longer than it is, is no token",
  (character) => {
    const request = { reference: "000001", hash: "ab".repeat(32), pickupHash: "A".repeat(43) }
    expect(RegisterRequest.safeParse(request).success).toBe(true)
    expect(RegisterRequest.safeParse({ ...request, representationToken: `a${character}` }).success).toBe(
      false,
    )
  },
)

test("every parameter of a path is read again as it was", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (reference) => {
      const path = routePath(ROUTES.find, { reference })
      expect(path).toMatch(/^\/v1\/disclosures\/[^/?#]+$/)
      expect(decodeURIComponent(path.slice("/v1/disclosures/".length))).toBe(reference)
    }),
  )
})

test("every row of events is read again, whatever its line ends and however the network cuts it", async () => {
  const line = fc.string({ unit: "grapheme" }).filter((text) => !/[\r\n\ufeff]/.test(text))
  const anyEvent = fc.record({
    type: fc.stringMatching(/^[a-z]{1,9}$/),
    lines: fc.array(line, { minLength: 1 }),
  })
  const anyEnd = fc.constantFrom("\n", "\r\n")
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyEvent),
      anyEnd,
      fc.integer({ min: 1, max: 50 }),
      async (events, end, cut) => {
        const written = events.map(({ type, lines }) =>
          [`: ${type}`, `event: ${type}`, ...lines.map((text) => `data: ${text}`), "", ""].join(end),
        )
        const read: unknown[] = []
        for await (const event of readServerSentEvents(pieces(written.join(""), cut))) read.push(event)
        expect(read).toEqual(events.map(({ type, lines }) => ({ type, data: lines.join("\n") })))
      },
    ),
  )
})

test.each(["\u2028", "\u2029", "\u0085", "\v"])("%j ends no line of an event", async (character) => {
  const read: unknown[] = []
  for await (const event of readServerSentEvents(pieces(`data: a${character}b\n\n`, 1))) read.push(event)
  expect(read).toEqual([{ type: "message", data: `a${character}b` }])
})

async function* pieces(text: string, length: number): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at += length)
    yield await Promise.resolve(bytes.subarray(at, at + length))
}

test("every package in the outbox is there again, its signer's alone", async () => {
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-pairs-"))
  const anyEntry = fc.record({
    reference: digits(6),
    signer: fc.record({ uziNumber: digits(9), subscriberNumber: digits(8) }),
    writtenAt: fc.nat(),
    authorisation: fc.uint8Array({ minLength: 1, maxLength: 2_000 }),
  })
  try {
    await fc.assert(
      fc.asyncProperty(anyEntry, async (entry) => {
        const outbox = new Outbox(directory)
        const { id } = await outbox.write(entry)
        expect(await outbox.contents()).toEqual({ entries: [{ ...entry, id }], damaged: [] })
        const stranger = { ...entry.signer, subscriberNumber: "x" }
        expect(await outbox.entriesOf(stranger)).toEqual([])
        await outbox.remove(id)
      }),
      { numRuns: 30 },
    )
  } finally {
    await rm(directory, { recursive: true })
  }
})

test("every state of a phone that is saved is loaded again", async () => {
  const anyDrawn = fc.record({
    code: digits(10),
    opaque: fc.uint8Array({ maxLength: 79 }).map(base64UrlOf),
    hash: anyHash,
    pickupKey: anySecret,
    composedAt: fc.nat(),
  })
  const anyDisclosure = fc.oneof(
    anyDrawn.map((drawn) => ({ ...drawn, step: "registering" as const })),
    fc.tuple(anyDrawn, fc.nat(), fc.nat(3)).map(([drawn, expiresAt, mismatches]) => ({
      ...drawn,
      step: "registered" as const,
      expiresAt,
      mismatches,
    })),
    fc.nat().map((publishedAt) => ({ step: "done" as const, publishedAt })),
    fc.constantFrom(...REFUSAL_REASONS).map((reason) => ({ step: "refused" as const, reason })),
  )
  const anyState: fc.Arbitrary<PhoneState> = fc.record({
    format: fc.constant("vrijgave-phone"),
    version: fc.constant(1),
    seed: fc.record({ day: fc.nat(), key: anySecret }),
    authorities: fc.dictionary(
      fc.stringMatching(/^[0-9a-f]{2,40}$/),
      fc.record({ certificate: fc.uint8Array({ maxLength: 40 }).map(base64UrlOf) }),
      { noNullPrototype: true },
    ),
    disclosure: anyDisclosure,
  })
  await fc.assert(
    fc.asyncProperty(anyState, async (state) => {
      let kept: Uint8Array | undefined
      const write = (bytes: Uint8Array): Promise<void> => {
        kept = bytes
        return Promise.resolve()
      }
      const store = stateStore({ read: () => Promise.resolve(kept), write }, nodeCrypto, () => 0)
      await (await store.load()).save(state)
      expect((await store.load()).state).toEqual(state)
    }),
  )
})
