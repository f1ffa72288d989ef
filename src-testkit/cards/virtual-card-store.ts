import { createHash } from "node:crypto"
import { mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import { parseCardImage, type CardImage } from "../../native/virtual-card/card-image.ts"
import { fileExists, withLock, writePrivateFile } from "../files.ts"
import { cardProfile, CARD_PROFILE_IDS, type CardProfileId } from "../profiles.ts"
import { TestkitError } from "../testkit-error.ts"
import { createVirtualCard, tokenSerialNumberOf, type VirtualCardOptions } from "./create-virtual-card.ts"

const storedCard = z.strictObject({
  version: z.literal(1),
  warning: z.string(),
  profile: z.enum(CARD_PROFILE_IDS),
  name: z.string(),
  uziNumber: z.string(),
  roleCode: z.string(),
  createdAt: z.int(),
  image: z.unknown(),
})

const WARNING = "TEST ONLY. The keys, PIN and PUK of a test card; those of a real card never leave it."

/** A chip as it was written down, with whose it is. */
export interface StoredVirtualCard {
  readonly profile: CardProfileId
  readonly name: string
  readonly uziNumber: string
  readonly roleCode: string
  readonly image: CardImage
  readonly tokenSerialNumber: string
}

/**
 * The chip of that name and profile in `directory`: the one that was made before, else a new one. So who inserts a card
 * twice inserts the same card. Throws what `createVirtualCard` throws, and `damaged-record` for a file that is none.
 */
export async function openVirtualCard(
  directory: string,
  options: VirtualCardOptions,
): Promise<StoredVirtualCard> {
  cardProfile(options.profile)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, fileNameOf(options))
  return await withLock(directory, async () => {
    if (!(await fileExists(path))) await make(path, options)
    return await readCard(path)
  })
}

/** The name may hold anything; the file's name says which profile it is and keeps two names apart. */
function fileNameOf({ profile, name }: Pick<VirtualCardOptions, "profile" | "name">): string {
  return `${profile}-${createHash("sha256").update(name).digest("hex").slice(0, 12)}.card.json`
}

async function make(path: string, options: VirtualCardOptions): Promise<void> {
  const { profile, holder, image } = await createVirtualCard(options)
  const { uziNumber, roleCode } = holder
  const record = {
    version: 1,
    warning: WARNING,
    profile: profile.id,
    name: options.name,
    uziNumber,
    roleCode,
  }
  const written = { ...record, createdAt: options.at, image }
  await writePrivateFile(path, `${JSON.stringify(written, undefined, 2)}\n`)
}

async function readCard(path: string): Promise<StoredVirtualCard> {
  try {
    const { profile, name, uziNumber, roleCode, image } = storedCard.parse(
      JSON.parse(await readFile(path, "utf8")),
    )
    const parsed = parseCardImage(image)
    return {
      profile,
      name,
      uziNumber,
      roleCode,
      image: parsed,
      tokenSerialNumber: tokenSerialNumberOf(parsed),
    }
  } catch (cause) {
    throw new TestkitError("damaged-record", `${path} is damaged; remove it, and the card is made anew`, {
      cause,
    })
  }
}
