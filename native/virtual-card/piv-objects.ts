import { createHash } from "node:crypto"
import type { CardImage, KeyPlace } from "./card-image.ts"
import { encodeTlv } from "./tlv.ts"

/** The PIV Card Application (SP 800-73-4 part 1 §2.2), version 01.00. */
export const PIV_AID = hex("a000000308 00001000 0100")
const RID_BYTES = 5

/** Data objects by their tag in hexadecimal (SP 800-73-4 part 1 table 3). */
export type DataObjects = ReadonlyMap<string, Uint8Array>

/** Objects that nobody reads without a PIN: fingerprints, face, printed information, iris. */
export const PIN_PROTECTED: ReadonlySet<string> = new Set(["5fc103", "5fc108", "5fc109", "5fc121"])

const CERTIFICATE_TAGS: Readonly<Record<KeyPlace, string>> = {
  "9A": "5fc105",
  "9C": "5fc10a",
  "9D": "5fc10b",
}

/** What can be read from the card by GET DATA. */
export function dataObjects(image: CardImage): DataObjects {
  const certificates = image.keys.flatMap(({ place, certificate }) =>
    certificate === undefined ? [] : [[CERTIFICATE_TAGS[place], certificateObject(certificate)] as const],
  )
  return new Map([
    ["7e", discoveryObject()],
    ["5fc102", cardHolderUniqueIdentifier(image.id)],
    ["5fc107", cardCapabilityContainer(image.id)],
    ["5fc109", printedInformation(image.label)],
    ...certificates,
  ])
}

/** The answer to SELECT (SP 800-73-4 part 2 table 3). */
export function applicationProperties(): Uint8Array {
  const authority = encodeTlv(0x79, encodeTlv(0x4f, PIV_AID.subarray(0, RID_BYTES)))
  const label = encodeTlv(0x50, Buffer.from("Virtual chipcard"))
  return encodeTlv(0x61, encodeTlv(0x4f, PIV_AID.subarray(RID_BYTES)), authority, label)
}

/** The one object that is not wrapped in 53. PIN usage policy 40 00: the application's PIN alone. */
function discoveryObject(): Uint8Array {
  return encodeTlv(0x7e, encodeTlv(0x4f, PIV_AID), encodeTlv(0x5f2f, hex("4000")))
}

/** CHUID. A FASC-N of agency 9999 makes the GUID the number of the card (SP 800-73-4 part 1 §3.1.2). */
function cardHolderUniqueIdentifier(id: string): Uint8Array {
  return encodeTlv(
    0x53,
    encodeTlv(0x30, hex("d4e739da739ced39ce739d836858210842108421c84210c3eb")),
    encodeTlv(0x34, hex(id)),
    encodeTlv(0x35, Buffer.from("20351231")),
    encodeTlv(0x3e),
    encodeTlv(0xfe),
  )
}

function cardCapabilityContainer(id: string): Uint8Array {
  const identifier = createHash("sha256").update(id).digest().subarray(0, 14)
  return encodeTlv(
    0x53,
    encodeTlv(0xf0, hex("a000000116ff02"), identifier),
    hex("f10121f20121f300f40100f50110f600f700fa00fb00fc00fd00fe00"),
  )
}

function printedInformation(label: string): Uint8Array {
  return encodeTlv(0x53, encodeTlv(0x01, Buffer.from(label).subarray(0, 125)), encodeTlv(0xfe))
}

/** A certificate, not compressed (SP 800-73-4 part 1 appendix A). */
function certificateObject(base64: string): Uint8Array {
  const certificate = encodeTlv(0x70, Buffer.from(base64, "base64"))
  return encodeTlv(0x53, certificate, encodeTlv(0x71, Uint8Array.of(0)), encodeTlv(0xfe))
}

function hex(digits: string): Uint8Array {
  return new Uint8Array(Buffer.from(digits.replaceAll(" ", ""), "hex"))
}
