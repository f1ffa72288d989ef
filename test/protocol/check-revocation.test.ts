import { beforeAll, describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { hexOf } from "../../src-protocol/bytes.ts"
import { readCertificate, type Certificate } from "../../src-protocol/certificate.ts"
import {
  DEFAULT_MAXIMUM_CRL_AGE,
  revocationOf,
  type Revocation,
} from "../../src-protocol/check-revocation.ts"
import { readCrl } from "../../src-protocol/crl.ts"
import { DAY, HOUR, MINUTE } from "../../src-protocol/instant.ts"
import { createAuthority } from "../../src-testkit/pki/authority.ts"
import { buildCrl, type CrlContent, type RevocationReason } from "../../src-testkit/pki/crl.ts"
import { context, enumerated, nullValue, sequence } from "../../src-testkit/pki/der.ts"
import {
  keyUsage,
  withExtension,
  withoutExtension,
  type Extension,
} from "../../src-testkit/pki/extensions.ts"
import { OID } from "../../src-testkit/pki/oids.ts"
import { judgingWorld, type JudgingWorld } from "../support/judging-world.ts"
import { testPki } from "../support/test-pki.ts"
import { expectRefusal } from "./refusals.ts"

const NOW = Math.floor(Date.now() / 1000) * 1000
let world: JudgingWorld
let leaf: Certificate
let issuer: Certificate

beforeAll(async () => {
  const statement = { hash: "0".repeat(64), code: { reference: "000000", confirmation: "0000" } }
  world = judgingWorld(await testPki(), NOW, statement)
  const [own, above] = (await world.signerOf("arts")).certificateChain
  leaf = readCertificate(own ?? new Uint8Array())
  issuer = readCertificate(above ?? new Uint8Array())
})

async function crl(change: Partial<CrlContent> = {}): Promise<Uint8Array> {
  return await buildCrl(
    { number: 100n, thisUpdate: NOW - HOUR, entries: [], ...change },
    world.pki.authorities.zorgverlener,
  )
}

async function statusBy(
  crls: readonly Uint8Array[],
  change: Partial<Revocation> = {},
  at = NOW,
): Promise<string> {
  const revocation = { crls, checkedAt: NOW, ...change }
  const status = await revocationOf(nodeCrypto, leaf, issuer, revocation, at, DEFAULT_MAXIMUM_CRL_AGE)
  return status.is === "unknown" ? status.because : status.is
}

function revoked(at: number, reason?: RevocationReason): Pick<CrlContent, "entries"> {
  return {
    entries: [
      { serialNumber: leaf.serialNumber, revokedAt: at, ...(reason === undefined ? {} : { reason }) },
    ],
  }
}

const added = (extension: Extension): Pick<CrlContent, "changeExtensions"> => ({
  changeExtensions: (usual) => withExtension(usual, extension),
})

describe("a certificate", () => {
  test("that is not on a fresh list of its issuer is good", async () => {
    expect(await statusBy([await crl()])).toBe("good")
  })

  test("that is on it is revoked from its date on, and not before", async () => {
    const lists = [await crl(revoked(NOW - 2 * HOUR))]
    expect(await statusBy(lists)).toBe("revoked")
    expect(await statusBy(lists, {}, NOW - 2 * HOUR)).toBe("revoked")
    expect(await statusBy(lists, {}, NOW - 2 * HOUR - 1000)).toBe("good")
  })

  test.each<RevocationReason>(["keyCompromise", "certificateHold", "superseded"])(
    "is revoked for %s",
    async (reason) => {
      expect(await statusBy([await crl(revoked(NOW - HOUR, reason))])).toBe("revoked")
    },
  )

  test("is revoked by a list that has run out: an old truth is one", async () => {
    const old = { thisUpdate: NOW - 60 * DAY, nextUpdate: NOW - 58 * DAY, ...revoked(NOW - 70 * DAY) }
    expect(await statusBy([await crl(old)])).toBe("revoked")
  })

  test("is judged by the list with the highest number", async () => {
    const older = await crl({ number: 99n })
    const newer = await crl(revoked(NOW - HOUR))
    expect(await statusBy([newer, older])).toBe("revoked")
    expect(await statusBy([older, newer])).toBe("revoked")
  })

  test("is found among twenty thousand", async () => {
    const entries = Array.from({ length: 20_000 }, (_, i) => ({
      serialNumber: (i + 1).toString(16).padStart(8, "0"),
      revokedAt: NOW - DAY,
    }))
    const list = await crl({ entries: [...entries, ...revoked(NOW - HOUR).entries] })
    expect(readCrl(list).revoked.size).toBe(20_001)
    expect(await statusBy([list])).toBe("revoked")
  })
})

describe("revocation is unknown", () => {
  test.each<[string, Partial<CrlContent>, RegExp]>([
    ["the list has run out", { thisUpdate: NOW - 3 * HOUR, nextUpdate: NOW - HOUR }, /run out/],
    ["the list is seven hours old", { thisUpdate: NOW - 7 * HOUR }, /too old/],
    ["the list is from the future", { thisUpdate: NOW + HOUR }, /future/],
    [
      "the list has a critical extension",
      added({ oid: "1.3.6.1.4.1.99999.3", critical: true, value: nullValue() }),
      /odd/,
    ],
    ["the list is a delta", added({ oid: "2.5.29.27", critical: true, value: nullValue() }), /odd/],
    [
      "the list is partial or indirect",
      added({ oid: "2.5.29.28", critical: true, value: sequence(context(1)) }),
      /odd/,
    ],
    [
      "the list has no number",
      { changeExtensions: (usual) => withoutExtension(usual, OID.cRLNumber) },
      /odd/,
    ],
  ])("where %s", async (_, change, because) => {
    expect(await statusBy([await crl(change)])).toMatch(because)
  })

  test("where there is no list", async () => {
    expect(await statusBy([])).toMatch(/no list/)
  })

  test("where the list is another authority's, a look-alike's or rubbish", async () => {
    const { authorities } = world.pki
    const content = { number: 100n, thisUpdate: NOW - HOUR, entries: [] }
    const lists = [
      await buildCrl(content, authorities["medewerker-op-naam"]),
      await buildCrl(content, authorities["rogue-zorgverlener"]),
      new Uint8Array(40),
    ]
    expect(await statusBy(lists)).toMatch(/no list/)
  })

  test("where the list was altered", async () => {
    const list = Uint8Array.from(await crl())
    const at = list.length - 300
    list[at] = (list[at] ?? 0) ^ 1
    expect(await statusBy([list])).toMatch(/no list/)
  })

  test("where the issuer may not sign lists", async () => {
    const { zorgverlener, "level-2-persoon": parent } = world.pki.authorities
    const mute = await createAuthority({
      ...zorgverlener,
      notBefore: NOW - DAY,
      notAfter: NOW + DAY,
      parent,
      issuesPasses: true,
      changeExtensions: (usual) => withExtension(usual, keyUsage("keyCertSign")),
    })
    const revocation = { crls: [await crl()], checkedAt: NOW }
    const status = await revocationOf(nodeCrypto, leaf, readCertificate(mute.certificate), revocation, NOW)
    expect(status.is).toBe("unknown")
  })

  test("where a newer list was seen before", async () => {
    const list = await crl({ number: 41n })
    const keyId = hexOf(world.pki.authorities.zorgverlener.keyIdentifier)
    expect(await statusBy([list], { lowestNumbers: new Map([[keyId, 42n]]) })).toMatch(/older list/)
    expect(await statusBy([list], { lowestNumbers: new Map([[keyId, 41n]]) })).toBe("good")
  })
})

describe("a revocation list", () => {
  test("says when, by whom and with which number", async () => {
    const list = readCrl(await crl({ thisUpdate: NOW - MINUTE }))
    expect(list).toMatchObject({
      thisUpdate: NOW - MINUTE,
      nextUpdate: NOW - MINUTE + 48 * HOUR,
      number: 100n,
    })
    expect(list.authorityKeyIdentifier).toEqual(world.pki.authorities.zorgverlener.keyIdentifier)
  })

  test.each([
    ["nothing", new Uint8Array()],
    ["a certificate", () => leaf.der],
    ["an empty SEQUENCE", Uint8Array.of(0x30, 0)],
  ])("is not %s", (_, bytes) => {
    const der = typeof bytes === "function" ? bytes() : bytes
    expectRefusal(() => readCrl(der), "malformed-crl")
  })

  test("that takes an entry back belongs to a delta, and is odd", async () => {
    const list = await crl(revoked(NOW - HOUR, "superseded"))
    expect(readCrl(list).hasOddEntry).toBe(false)
    const removing = Buffer.from(list)
    const reason = removing.indexOf(Buffer.from(enumerated(4)))
    removing[reason + 2] = 8
    expect(readCrl(new Uint8Array(removing)).hasOddEntry).toBe(true)
  })
})
