/**
 * Answers to reset that are known to be those of UZI passes (historical bytes with A.E.T.'s object identifiers, and the
 * older generation's text). For show alone: a card of a new generation is unknown and tried all the same.
 */
const UZI_CARDS: ReadonlySet<string> = new Set([
  "3bdc18ff8191fe1fc3060a2b06010401e910050204d6",
  "3bdc18ff8191fe1fc3060a2b06010401e910050203d1",
  "3bfd1800ff8131fe4543494247555a494a324130383158",
])

/** What the answer to reset (hex, lower case) tells of the card. */
export function knownCard(atr: string): "uzi" | "unknown" {
  return UZI_CARDS.has(atr) ? "uzi" : "unknown"
}
