/** A reader of PC/SC, and whether there is a card in it. */
export interface SeenReaderName {
  readonly name: string
  readonly occupied: boolean
}

/** What a module tells of the slot that a token is in. */
export interface TokenPlace {
  /** slotDescription, without its padding: 64 bytes at most, in most modules the reader's name. */
  readonly description: string
  /** CKF_HW_SLOT: it is a device, not a file. */
  readonly hardware: boolean
}

const LONGEST_DESCRIPTION = 64
/** Shorter than this a beginning of a name says nothing. */
const SHORTEST_BEGINNING = 16

/**
 * The PC/SC reader that a token is in: the one of that name, or whose name begins with the description where it was cut
 * off; a module that describes its slots otherwise leaves no doubt only where one reader alone holds a card.
 * `undefined` where the token is in none, as one of SoftHSM, or nobody can tell.
 */
export function readerOfToken(
  { description, hardware }: TokenPlace,
  readers: readonly SeenReaderName[],
): string | undefined {
  const occupied = readers.filter((reader) => reader.occupied)
  const named =
    occupied.find(({ name }) => name === description) ??
    occupied.find(({ name }) => isCutOff(description, name))
  if (named !== undefined) return named.name
  return hardware && occupied.length === 1 ? occupied[0]?.name : undefined
}

function isCutOff(description: string, name: string): boolean {
  const cut = Buffer.byteLength(description) >= LONGEST_DESCRIPTION - 3
  return cut && description.length >= SHORTEST_BEGINNING && name.startsWith(description)
}
