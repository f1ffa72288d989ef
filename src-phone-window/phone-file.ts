import { readFile } from "node:fs/promises"
import * as z from "zod/mini"
import { openNodeCrypto } from "../src-crypto/node-crypto.ts"
import { bytesOfBase64 } from "../src-protocol/bytes.ts"
import type { Language } from "../src-protocol/reason-words.ts"
import { ALL_LISTS } from "../src-protocol/trustwords/all-lists.ts"
import { WORD_LANGUAGES } from "../src-protocol/trustwords/languages.ts"
import { parseTrustProfile } from "../src-protocol/uzi/trust-profile.ts"
import { createPhone, type Phone } from "../src-phone/phone.ts"
import { fileStorage } from "../src-phone/state/file-storage.ts"
import type { WordChoice } from "./contract.ts"
import type { PhoneSessionParts } from "./phone-session.ts"

/** What a tester's phone is told at its start, in a JSON file: whom to believe and whom to talk to. */
const PhoneFile = z.strictObject({
  backend: z.string(),
  state: z.string(),
  /** As `printTrustProfile` writes it. */
  trust: z.unknown(),
  batchPublicKey: z.string(),
  language: z.enum(["nl", "en"]),
  /** The longest random wait before publishing. */
  publicationWaitSeconds: z.int().check(z.minimum(0)),
})

/** The phone of a file; throws where it is not one. */
export async function readPhoneFile(path: string): Promise<PhoneSessionParts> {
  const file = PhoneFile.parse(JSON.parse(await readFile(path, "utf8")))
  const crypto = openNodeCrypto()
  const trust = await parseTrustProfile(crypto, file.trust)
  const { backend, publicationWaitSeconds } = file
  const phoneIn = (language: Language): Phone =>
    createPhone({
      ...{ storage: fileStorage(file.state), backend, trust, crypto, clock: Date.now, language },
      ...{ batchPublicKey: bytesOfBase64(file.batchPublicKey), settings: { publicationWaitSeconds } },
    })
  return {
    phoneIn,
    lists: ALL_LISTS.map((list) => ({ ...namedAs(list.language), list })),
    language: file.language,
  }
}

function namedAs(language: string): WordChoice {
  return { language, name: WORD_LANGUAGES.find((known) => known.language === language)?.name ?? language }
}
