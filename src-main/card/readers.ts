import { z } from "zod"

/**
 * What the watcher tells of the PC/SC service, its readers and the cards in them. Schemas, because it comes from a
 * process that has a stranger's library in it.
 */

/** `missing`: no PC/SC library; `stopped`: a library and no service; `unresponsive`: a service that does not answer. */
export const CARD_SERVICES = ["starting", "running", "missing", "stopped", "unresponsive"] as const
export const CardService = z.enum(CARD_SERVICES)

const Name = z.string().max(256)

export const ReaderCard = z.strictObject({
  /** The answer to reset, in hex; empty for a mute card and for one that was out again before it was seen. */
  atr: z
    .string()
    .regex(/^[0-9a-f]*$/)
    .max(72),
  /** For show: no card is refused or chosen by it. */
  known: z.enum(["uzi", "unknown"]),
  /** `mute`: no answer, as of a card put in the wrong way; `held`: another program has it for itself alone. */
  state: z.enum(["ready", "mute", "held"]),
  /** Of a held card, where the system tells: programs of the same person that use card software. One of them may be it. */
  heldBy: z.array(Name).max(16),
})

export const Reader = z.strictObject({ name: Name, card: ReaderCard.optional() })
export const Readers = z.strictObject({ service: CardService, readers: z.array(Reader).max(64) })

export const ReaderEvent = z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("service"), service: CardService }),
  z.strictObject({ is: z.literal("reader-added"), reader: Name }),
  z.strictObject({ is: z.literal("reader-removed"), reader: Name }),
  z.strictObject({ is: z.literal("card-inserted"), reader: Name, card: ReaderCard }),
  z.strictObject({ is: z.literal("card-removed"), reader: Name }),
  /** The same card became mute, held or free. */
  z.strictObject({ is: z.literal("card-changed"), reader: Name, card: ReaderCard }),
])

/** What happened, in order, and how it is now; without events it is a sign of life. */
export const ReadersReport = z.strictObject({ events: z.array(ReaderEvent).max(1_024), now: Readers })

export type CardService = z.infer<typeof CardService>
export type ReaderCard = z.infer<typeof ReaderCard>
export type Reader = z.infer<typeof Reader>
export type Readers = z.infer<typeof Readers>
export type ReaderEvent = z.infer<typeof ReaderEvent>
export type ReadersReport = z.infer<typeof ReadersReport>

/** Before anything is known. */
export const NO_READERS_YET: Readers = { service: "starting", readers: [] }

/** What is to be said when the service, or who watches it, is gone: every card and reader with it. */
export function losing(now: Readers, service: CardService): ReadersReport {
  const gone = now.readers.flatMap(({ name, card }): ReaderEvent[] => [
    ...(card === undefined ? [] : [{ is: "card-removed" as const, reader: name }]),
    { is: "reader-removed", reader: name },
  ])
  const said: ReaderEvent[] = now.service === service ? [] : [{ is: "service", service }]
  return { events: [...gone, ...said], now: { service, readers: [] } }
}
