import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import { fileExists, writePrivateFile } from "../files.ts"
import { CARD_PROFILE_IDS } from "../profiles.ts"
import { TestkitError } from "../testkit-error.ts"

const card = z.strictObject({
  label: z.string(),
  tokenSerialNumber: z.string(),
  profile: z.enum(CARD_PROFILE_IDS),
  name: z.string(),
  pin: z.string(),
  puk: z.string(),
  pki: z.string(),
  uziNumber: z.string(),
  roleCode: z.string(),
  alwaysAuthenticate: z.boolean(),
  createdAt: z.int(),
})

const cardRecord = z.strictObject({
  version: z.literal(1),
  warning: z.string(),
  cards: z.array(card).readonly(),
})

/** A test card as written down in `cards.json`, PIN and PUK included: test cards protect nothing. */
export type Card = Readonly<z.infer<typeof card>>

const FILE = "cards.json"
const WARNING = "TEST ONLY. PINs of test cards; a real card's PIN is never written down."

/**
 * The cards in a SoftHSM home, in the order in which they were made; none where there is no home.
 * Throws `damaged-record` where its `cards.json` cannot be read.
 */
export async function listCards(softhsmDirectory: string): Promise<readonly Card[]> {
  const path = join(softhsmDirectory, FILE)
  if (!(await fileExists(path))) return []
  try {
    return cardRecord.parse(JSON.parse(await readFile(path, "utf8"))).cards
  } catch (cause) {
    const message = `${path} is damaged; remove ${softhsmDirectory} and make its test cards again`
    throw new TestkitError("damaged-record", message, { cause })
  }
}

/** Adds a card to the record; call it under the lock of the directory. */
export async function recordCard(softhsmDirectory: string, made: Card): Promise<void> {
  const cards = [...(await listCards(softhsmDirectory)), made]
  const record = { version: 1, warning: WARNING, cards }
  await writePrivateFile(join(softhsmDirectory, FILE), `${JSON.stringify(record, undefined, 2)}\n`)
}
