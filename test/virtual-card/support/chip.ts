import { generateKeyPairSync } from "node:crypto"
import type { CardImage, CardImageKey, KeyPlace } from "../../../native/virtual-card/card-image.ts"

/** What stands in a certificate is nothing to the chip: any bytes will do here. */
export const CERTIFICATE = Buffer.alloc(1_700, "certificate of nobody. ")

/** A chip with RSA keys, made once: the PIN is 123456, the PUK 87654321. */
export const RSA_CHIP: CardImage = chip("rsa")
export const P256_CHIP: CardImage = chip("P-256")
export const P384_CHIP: CardImage = chip("P-384")

function chip(kind: "rsa" | "P-256" | "P-384"): CardImage {
  return {
    id: "00112233445566778899aabbccddeeff",
    label: "A. Proef",
    pin: "123456",
    puk: "87654321",
    keys: [key("9A", kind), key("9C", kind), key("9D", kind)],
  }
}

function key(place: KeyPlace, kind: "rsa" | "P-256" | "P-384"): CardImageKey {
  const { privateKey } =
    kind === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve: kind })
  return {
    place,
    privateKey: String(privateKey.export({ type: "pkcs8", format: "pem" })),
    certificate: CERTIFICATE.toString("base64"),
    pinPolicy: place === "9C" ? "always" : "once",
  }
}

/** The private key of a place, in PEM; throws where there is none. */
export function privateKeyOf(image: CardImage, place: KeyPlace): string {
  const found = image.keys.find((candidate) => candidate.place === place)
  if (found === undefined) throw new RangeError(`no key ${place}`)
  return found.privateKey
}

export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"))
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex")
}
