import { sign } from "node:crypto"
import { bytesOfHex } from "../../../src-protocol/bytes.ts"
import { DAY, HOUR, MINUTE } from "../../../src-protocol/instant.ts"
import { buildCrl, type CrlContent, type CrlEntry } from "../../../src-testkit/pki/crl.ts"
import { createAuthority, type Authority } from "../../../src-testkit/pki/authority.ts"
import {
  bitString,
  contextPrimitive,
  enumerated,
  integer,
  octetString,
  objectIdentifier,
  sequence,
  time,
  unsignedInteger,
  context,
  type Der,
} from "../../../src-testkit/pki/der.ts"
import {
  encodeExtension,
  keyUsage,
  withExtension,
  withoutExtension,
  type Extension,
} from "../../../src-testkit/pki/extensions.ts"
import { HIERARCHY, type AuthorityId } from "../../../src-testkit/pki/hierarchy.ts"
import { authorityName, encodeName } from "../../../src-testkit/pki/name.ts"
import { readRecord } from "../../../src-testkit/pki/issue-record.ts"
import { OID } from "../../../src-testkit/pki/oids.ts"
import { byCard, signedBy, type CorpusCase, type ListContext } from "./corpus-case.ts"
import { signerUnder } from "./authority-cases.ts"
import { elementsOf } from "./ber.ts"

type Listed = "root" | "level-2-persoon" | "zorgverlener" | "medewerker-op-naam"
const LISTED: readonly Listed[] = ["root", "level-2-persoon", "zorgverlener", "medewerker-op-naam"]
export const USUAL_NUMBER = 7

/** The content of an authority's list: what the hierarchy has revoked, a minute ago. */
async function usualContent({ pki, at }: ListContext, id: AuthorityId): Promise<CrlContent> {
  const { revocations } = await readRecord(pki.directory)
  const entries = revocations
    .filter(({ authority }) => HIERARCHY[authority].keyOf === id)
    .map(({ serialNumber, revokedAt }) => ({ serialNumber, revokedAt }))
  return { number: USUAL_NUMBER, thisUpdate: at - MINUTE, entries, expiredCertificatesSince: at - 365 * DAY }
}

type Lists = Readonly<Record<Listed, Uint8Array | undefined>>

/** The fresh lists of all four authorities. */
export async function usualLists(context: ListContext): Promise<readonly Uint8Array[]> {
  return await listsWith(context, {})
}

async function listsWith(context: ListContext, changed: Partial<Lists>): Promise<readonly Uint8Array[]> {
  const made: Uint8Array[] = []
  for (const id of LISTED) {
    if (id in changed) made.push(...[changed[id]].filter((list) => list !== undefined))
    else made.push(await buildCrl(await usualContent(context, id), context.pki.authorities[id]))
  }
  return made
}

type IssuerChange = Partial<Pick<Authority, "name" | "privateKey" | "keyIdentifier">>

/** The lists with that of the authority that issues passes written otherwise. */
function issuingList(
  change: (usual: CrlContent, context: ListContext) => CrlContent,
  issuer: (context: ListContext) => IssuerChange = () => ({}),
): (context: ListContext) => Promise<readonly Uint8Array[]> {
  return async (context) => {
    const content = change(await usualContent(context, "zorgverlener"), context)
    const list = await buildCrl(content, { ...context.pki.authorities.zorgverlener, ...issuer(context) })
    return await listsWith(context, { zorgverlener: list })
  }
}

function unknown(what: string, lists: (context: ListContext) => Promise<readonly Uint8Array[]>): CorpusCase {
  return byCard(what, "revocation-unknown", "arts", { lists })
}

function listWith(what: string, change: (usual: CrlContent, context: ListContext) => CrlContent): CorpusCase {
  return unknown(what, issuingList(change))
}

function extendedList(what: string, ...more: readonly Extension[]): CorpusCase {
  return listWith(what, (usual) => ({ ...usual, changeExtensions: (extensions) => [...extensions, ...more] }))
}

const DELTA: Extension = { oid: "2.5.29.27", critical: true, value: integer(6) }
const distributionPoint = (...fields: readonly Der[]): Extension => ({
  oid: "2.5.29.28",
  critical: true,
  value: sequence(...fields),
})
const TRUE = Uint8Array.of(0xff)

const AGE: readonly CorpusCase[] = [
  unknown("no lists at all", () => Promise.resolve([])),
  unknown("no list of the authority that issues passes", (context) =>
    listsWith(context, { zorgverlener: undefined }),
  ),
  unknown("no list of the second level", (context) => listsWith(context, { "level-2-persoon": undefined })),
  unknown("no list of the root", (context) => listsWith(context, { root: undefined })),
  listWith("a list of six hours and a second ago", (usual, { at }) => ({
    ...usual,
    thisUpdate: at - 6 * HOUR - 1_000,
  })),
  listWith("a list whose next one is due", (usual, { at }) => ({
    ...usual,
    thisUpdate: at - HOUR,
    nextUpdate: at - 1_000,
  })),
  listWith("a list of tomorrow", (usual, { at }) => ({ ...usual, thisUpdate: at + DAY })),
  unknown("a list of the second level whose next one is due", async (context) => {
    const content = { ...(await usualContent(context, "level-2-persoon")), thisUpdate: context.at - 3 * DAY }
    return await listsWith(context, {
      "level-2-persoon": await buildCrl(content, context.pki.authorities["level-2-persoon"]),
    })
  }),
  byCard("an older list than one seen before", "revocation-unknown", "arts", {
    lowestNumber: USUAL_NUMBER + 1,
  }),
]

const KIND: readonly CorpusCase[] = [
  extendedList("a delta list", DELTA),
  extendedList("a delta list that does not call itself critical", { ...DELTA, critical: false }),
  extendedList("an indirect list", distributionPoint(contextPrimitive(4, TRUE))),
  extendedList("a list of authorities only", distributionPoint(contextPrimitive(2, TRUE))),
  extendedList("a list of some reasons only", distributionPoint(contextPrimitive(3, Uint8Array.of(1, 0x40)))),
  extendedList("a list with an unknown critical extension", {
    oid: "1.3.6.1.4.1.99999.3",
    critical: true,
    value: sequence(),
  }),
  listWith("a list without a number", (usual) => ({
    ...usual,
    changeExtensions: (extensions) => withoutExtension(extensions, OID.cRLNumber),
  })),
  listWith("a list that names another key", (usual) => ({
    ...usual,
    changeExtensions: (extensions) =>
      withExtension(extensions, {
        oid: OID.authorityKeyIdentifier,
        critical: false,
        value: bytesOfHex(`30168014${"cd".repeat(20)}`),
      }),
  })),
  unknown("a list with an entry of another authority (certificateIssuer)", (context) =>
    listByHand(context, { entry: [CERTIFICATE_ISSUER] }),
  ),
  unknown("a list with an entry taken off again (removeFromCRL)", (context) =>
    listByHand(context, { entry: [REMOVED] }),
  ),
  unknown("a list of version 1", (context) => listByHand(context, { version: [] })),
  unknown("a list signed with SHA-1", (context) =>
    listByHand(context, { identifier: "300d06092a864886f70d0101050500", hash: "sha1" }),
  ),
]

const CERTIFICATE_ISSUER: Extension = {
  oid: "2.5.29.29",
  critical: true,
  value: sequence(context(4, encodeName(authorityName("Another", { organizationIdentifier: false })))),
}
const REMOVED: Extension = { oid: OID.reasonCode, critical: false, value: enumerated(8) }

interface HandWritten {
  readonly version?: readonly Der[]
  readonly entry?: readonly Extension[]
  readonly identifier?: string
  readonly hash?: string
}

/** A list written out, with one entry of a stranger: what the kit's builder does not do. */
async function listByHand(listContext: ListContext, changes: HandWritten): Promise<readonly Uint8Array[]> {
  const { pki, at } = listContext
  const { name, privateKey, keyIdentifier } = pki.authorities.zorgverlener
  const identifier = bytesOfHex(changes.identifier ?? "300d06092a864886f70d01010b0500")
  const { version = [integer(1)], entry = [] } = changes
  const entryExtensions = entry.length === 0 ? [] : [sequence(...entry.map(encodeExtension))]
  const isVersion1 = version.length === 0
  const extensions = [
    sequence(
      objectIdentifier(OID.authorityKeyIdentifier),
      octetString(sequence(contextPrimitive(0, keyIdentifier))),
    ),
    sequence(objectIdentifier(OID.cRLNumber), octetString(integer(USUAL_NUMBER))),
  ]
  const toBeSigned = sequence(
    ...[...version, identifier, encodeName(name), time(at - MINUTE), time(at + 2 * DAY)],
    sequence(sequence(unsignedInteger(Uint8Array.of(0x47, 0x11)), time(at - DAY), ...entryExtensions)),
    ...(isVersion1 ? [] : [context(0, sequence(...extensions))]),
  )
  const signature = new Uint8Array(sign(changes.hash ?? "sha256", toBeSigned, privateKey))
  return await listsWith(listContext, {
    zorgverlener: sequence(toBeSigned, identifier, bitString(signature)),
  })
}

const SIGNATURE: readonly CorpusCase[] = [
  unknown(
    "a list by a look-alike of the authority",
    issuingList(
      (usual) => usual,
      ({ pki }) => ({ privateKey: pki.authorities["rogue-zorgverlener"].privateKey }),
    ),
  ),
  unknown(
    "a list by the authority for staff, in the other's name",
    issuingList(
      (usual) => usual,
      ({ pki }) => ({ privateKey: pki.authorities["medewerker-op-naam"].privateKey }),
    ),
  ),
  unknown(
    "a list of another authority only",
    issuingList(
      (usual) => usual,
      ({ pki }) => pki.authorities["medewerker-op-naam"],
    ),
  ),
  unknown(
    "a list signed by the second level",
    issuingList(
      (usual) => usual,
      ({ pki }) => ({ privateKey: pki.authorities["level-2-persoon"].privateKey }),
    ),
  ),
  unknown("a list with one bit of its signature turned", async (listContext) => {
    const list = await buildCrl(
      await usualContent(listContext, "zorgverlener"),
      listContext.pki.authorities.zorgverlener,
    )
    return await listsWith(listContext, { zorgverlener: list.with(-9, (list.at(-9) ?? 0) ^ 1) })
  }),
  unknown("a list that says one algorithm inside and another outside", async (listContext) => {
    const list = await buildCrl(
      await usualContent(listContext, "zorgverlener"),
      listContext.pki.authorities.zorgverlener,
    )
    const [toBeSigned = list, , signature = list] = elementsOf(list)
    return await listsWith(listContext, {
      zorgverlener: sequence(toBeSigned, bytesOfHex("300d06092a864886f70d01010c0500"), signature),
    })
  }),
  signedBy("an authority that may not sign lists", "revocation-unknown", async (world) => {
    const { zorgverlener, "level-2-persoon": level2 } = world.pki.authorities
    const authority = await createAuthority({
      ...{ id: "zorgverlener", name: zorgverlener.name, issuesPasses: true, parent: level2 },
      ...{
        privateKey: zorgverlener.privateKey,
        notBefore: world.now - DAY,
        notAfter: world.now + 3650 * DAY,
      },
      changeExtensions: (usual) => withExtension(usual, keyUsage("keyCertSign")),
    })
    return await signerUnder(world, authority, [authority.certificate, level2.certificate])
  }),
]

function revoked(
  what: string,
  expect: CorpusCase["expect"],
  entry: (context: ListContext) => Omit<CrlEntry, "serialNumber">,
  change: (usual: CrlContent, context: ListContext) => CrlContent = (usual) => usual,
): CorpusCase {
  const lists = issuingList((usual, listContext) => {
    const own = { serialNumber: listContext.signerSerialNumber, ...entry(listContext) }
    return change({ ...usual, entries: [...usual.entries, own] }, listContext)
  })
  return byCard(what, expect, "arts", { lists })
}

const REVOKED: readonly CorpusCase[] = [
  revoked("a pass revoked long ago", "certificate-revoked", ({ at }) => ({
    revokedAt: at - 100 * DAY,
    reason: "keyCompromise",
  })),
  revoked("a pass revoked this very second", "certificate-revoked", ({ at }) => ({ revokedAt: at })),
  revoked("a pass on hold", "certificate-revoked", ({ at }) => ({
    revokedAt: at - HOUR,
    reason: "certificateHold",
  })),
  revoked(
    "a pass revoked, as a stale list says",
    "certificate-revoked",
    ({ at }) => ({ revokedAt: at - 2 * DAY }),
    (usual, { at }) => ({ ...usual, thisUpdate: at - DAY }),
  ),
  byCard("the authority that issues passes revoked", "untrusted-chain", "arts", {
    lists: (listContext) => authorityRevoked(listContext, "zorgverlener", "level-2-persoon"),
  }),
  byCard("the second level revoked", "untrusted-chain", "arts", {
    lists: (listContext) => authorityRevoked(listContext, "level-2-persoon", "root"),
  }),
]

async function authorityRevoked(
  listContext: ListContext,
  id: Listed,
  by: Listed,
): Promise<readonly Uint8Array[]> {
  const { pki, at } = listContext
  const usual = await usualContent(listContext, by)
  const [, serial = new Uint8Array()] = elementsOf(
    elementsOf(pki.authorities[id].certificate)[0] ?? new Uint8Array(),
  )
  const serialNumber = Buffer.from(serial.subarray(2)).toString("hex")
  const entries = [...usual.entries, { serialNumber, revokedAt: at - DAY, reason: "cACompromise" as const }]
  return await listsWith(listContext, { [by]: await buildCrl({ ...usual, entries }, pki.authorities[by]) })
}

/** What is wrong with what is known about revocation. */
export const LIST_CASES: readonly CorpusCase[] = [...AGE, ...KIND, ...SIGNATURE, ...REVOKED]

/** Good: a later revocation does not undo what was signed before. */
export const GOOD_LIST_CASES: readonly CorpusCase[] = [
  revoked("a pass revoked a second after it signed", "authorised", ({ at }) => ({ revokedAt: at + 1_000 })),
  {
    ...byCard(
      "a pass revoked an hour after it signed, as the list of two hours later says",
      "authorised",
      "arts",
    ),
    facts: {
      checkedLater: 2 * HOUR + MINUTE,
      lists: issuingList((usual, { at, signerSerialNumber }) => ({
        ...usual,
        thisUpdate: at + 2 * HOUR,
        entries: [...usual.entries, { serialNumber: signerSerialNumber, revokedAt: at + HOUR }],
      })),
    },
  },
  byCard("a list of six hours ago to the second", "authorised", "arts", {
    lists: issuingList((usual, { at }) => ({ ...usual, thisUpdate: at - 6 * HOUR })),
  }),
]
