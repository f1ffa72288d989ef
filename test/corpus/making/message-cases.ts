import { concatBytes } from "../../../src-protocol/bytes.ts"
import {
  context,
  contextPrimitive,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  tagged,
  type Der,
} from "../../../src-testkit/pki/der.ts"
import { attribute, digestIdentifier } from "../../support/package-writer.ts"
import { constructed, contentOf, elementsOf, indefinite, longLength, retagged, withMore } from "./ber.ts"
import { written, writtenWith, type CorpusCase } from "./corpus-case.ts"

const DATA = "1.2.840.113549.1.7.1"
const SIGNED_DATA = "1.2.840.113549.1.7.2"
const ENVELOPED_DATA = "1.2.840.113549.1.7.3"

/** The place of each field in SignedData and SignerInfo (RFC 5652 sections 5.1 and 5.3). */
const IN_SIGNED_DATA = { version: 0, digests: 1, content: 2, certificates: 3, signers: 4 } as const
const IN_SIGNER_INFO = {
  version: 0,
  identifier: 1,
  digest: 2,
  attributes: 3,
  algorithm: 4,
  signature: 5,
} as const

function changed(fields: readonly Der[], place: number, change: (field: Der) => Der): readonly Der[] {
  return fields.map((field, i) => (i === place ? change(field) : field))
}

function inSignedData(
  what: string,
  field: keyof typeof IN_SIGNED_DATA,
  change: (field: Der) => Der,
): CorpusCase {
  return written(what, "malformed-cms", {
    signedData: (usual) => changed(usual, IN_SIGNED_DATA[field], change),
  })
}

function inSignerInfo(
  what: string,
  field: keyof typeof IN_SIGNER_INFO,
  change: (field: Der) => Der,
): CorpusCase {
  return written(what, "malformed-cms", {
    signerInfo: (usual) => changed(usual, IN_SIGNER_INFO[field], change),
  })
}

function outside(what: string, change: (usual: Der) => Uint8Array): CorpusCase {
  return written(what, "malformed-cms", { contentInfo: change })
}

const ENCODINGS: readonly CorpusCase[] = [
  outside("an indefinite length at the ContentInfo (BER)", indefinite),
  outside("a length that is not minimal at the ContentInfo (BER)", longLength),
  inSignedData("an indefinite length at the content (BER)", "content", indefinite),
  inSignedData("an indefinite length at the certificates (BER)", "certificates", indefinite),
  inSignedData("a constructed OCTET STRING as content (BER)", "content", (field) =>
    sequence(objectIdentifier(DATA), context(0, constructed(contentOf(elementsOf(field)[1] ?? field)))),
  ),
  inSignerInfo("a constructed OCTET STRING as signature (BER)", "signature", constructed),
  inSignerInfo("a length that is not minimal at the signature (BER)", "signature", longLength),
  inSignerInfo("a version with a leading zero octet", "version", () => tagged(0x02, Uint8Array.of(0, 1))),
  inSignedData("a tag of two octets at the certificates", "certificates", (field) =>
    concatBytes(Uint8Array.of(0xbf, 0x00), field.subarray(1)),
  ),
  outside("cut off in the middle", (usual) => usual.subarray(0, usual.length >> 1)),
  outside("a length greater than what there is", (usual) => usual.subarray(0, -1)),
  outside("something that is no DER at all", () => Buffer.from("DP-3T disclosure authorisation 1\r\n")),
]

const STRUCTURE: readonly CorpusCase[] = [
  outside("a ContentInfo of type data", (usual) =>
    sequence(objectIdentifier(DATA), context(0, octetString(usual))),
  ),
  outside("a ContentInfo of type envelopedData", (usual) =>
    sequence(objectIdentifier(ENVELOPED_DATA), elementsOf(usual)[1] ?? usual),
  ),
  outside("a SignedData without its ContentInfo", (usual) => contentOf(elementsOf(usual)[1] ?? usual)),
  outside("a part too many in the ContentInfo", (usual) => withMore(usual, nullValue())),
  outside("two SignedData in one ContentInfo", (usual) => {
    const signedData = contentOf(elementsOf(usual)[1] ?? usual)
    return sequence(objectIdentifier(SIGNED_DATA), context(0, signedData, signedData))
  }),
  written("a part too many in the SignedData", "malformed-cms", {
    signedData: (usual) => [...usual, nullValue()],
  }),
  written("a part too many in the SignerInfo", "malformed-cms", {
    signerInfo: (usual) => [...usual, nullValue()],
  }),
  written("no signers", "malformed-cms", { signerInfos: () => [] }),
  written("no certificates", "malformed-cms", {
    signedData: (usual) => usual.filter((_, i) => i !== IN_SIGNED_DATA.certificates),
  }),
  inSignedData("SignedData of version 0", "version", () => integer(0)),
  inSignedData("content of the type signedData, which is not", "content", (field) =>
    sequence(objectIdentifier(SIGNED_DATA), elementsOf(field)[1] ?? field),
  ),
  inSignedData("content as an OCTET STRING within an OCTET STRING's place, twice", "content", (field) => {
    const octets = contentOf(elementsOf(field)[1] ?? field)
    return sequence(objectIdentifier(DATA), context(0, octets, octets))
  }),
  inSignedData("no digest algorithms", "digests", () => setOf()),
  inSignedData("two digest algorithms announced", "digests", (field) =>
    setOf(...elementsOf(field), digestIdentifier("sha-512")),
  ),
  inSignedData("another digest algorithm announced than used", "digests", () =>
    setOf(digestIdentifier("sha-384")),
  ),
  written("an embedded OCSP answer", "malformed-cms", {
    signedData: (usual) =>
      usual.flatMap((field, i) =>
        i === IN_SIGNED_DATA.signers
          ? [context(1, context(1, objectIdentifier("1.3.6.1.5.5.7.16.2"), sequence())), field]
          : [field],
      ),
  }),
  inSignedData("an attribute certificate among the certificates", "certificates", (field) =>
    withMore(field, context(2, sequence(sequence(), sequence()))),
  ),
  inSignedData("one certificate twice", "certificates", (field) =>
    context(0, ...elementsOf(field).flatMap((each, i) => (i === 0 ? [each, each] : [each]))),
  ),
  inSignedData("a certificate that is no certificate", "certificates", (field) =>
    retagged(0xa0, setOf(...elementsOf(field), sequence(integer(1)))),
  ),
  inSignerInfo("SignerInfo of version 3", "version", () => integer(3)),
  inSignerInfo("a signer named by key identifier", "identifier", () =>
    contextPrimitive(0, new Uint8Array(20)),
  ),
  inSignerInfo("a signer's serial number that no certificate has", "identifier", (field) =>
    sequence(elementsOf(field)[0] ?? field, integer(4711)),
  ),
  inSignerInfo("a signer's issuer that no certificate has", "identifier", (field) =>
    sequence(sequence(), elementsOf(field)[1] ?? field),
  ),
  written("a countersignature", "malformed-cms", {
    signerInfo: (usual) => [...usual, context(1, attribute("1.2.840.113549.1.9.6", sequence(...usual)))],
  }),
  written("an empty list of unsigned attributes", "malformed-cms", {
    signerInfo: (usual) => [...usual, context(1)],
  }),
]

const CERTIFICATES: readonly CorpusCase[] = [
  writtenWith("the signer's certificate left out", "malformed-cms", (_, { certificateChain }) => ({
    certificates: certificateChain.slice(1),
  })),
  writtenWith(
    "both certificates of the authority's one key",
    "malformed-cms",
    ({ pki }, { certificateChain }) => ({
      certificates: [...certificateChain, pki.authorities["zorgverlener-twin"].certificate],
    }),
  ),
  writtenWith("the certificate of another root", "malformed-cms", ({ pki }, { certificateChain }) => ({
    certificates: [...certificateChain, pki.authorities["rogue-root"].certificate],
  })),
  writtenWith("the chain and that of the look-alike", "malformed-cms", ({ pki }, { certificateChain }) => ({
    certificates: [...certificateChain, pki.authorities["rogue-zorgverlener"].certificate],
  })),
]

const SIGNERS: readonly CorpusCase[] = [
  writtenWith("a second signer, a colleague", "multiple-signers", async ({ signerOf }) => {
    const { certificateChain } = await signerOf("verpleegkundige")
    const second = sequence(
      integer(1),
      sequence(sequence(), integer(1)),
      sequence(),
      octetString(certificateChain[0] ?? new Uint8Array(1)),
    )
    return { signerInfos: (usual) => [usual, second] }
  }),
  written("three signers", "multiple-signers", { signerInfos: (usual) => [usual, usual, usual] }),
]

/** What is wrong with the CMS message: encoding, structure, certificates, signers. */
export const MESSAGE_CASES: readonly CorpusCase[] = [...ENCODINGS, ...STRUCTURE, ...CERTIFICATES, ...SIGNERS]
