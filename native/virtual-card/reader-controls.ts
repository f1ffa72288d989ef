import type { LogEntry } from "./apdu-log.ts"
import type { CardImage } from "./card-image.ts"
import type { ControlClient } from "./control-client.ts"
import type { LinkSpeed, PcscdAction, SlotStatus } from "./control-messages.ts"
import type { Fault } from "./faults.ts"
import { ReaderError } from "./reader-error.ts"

/** What can be asked of a reader that runs, whoever started it. Slots are 0 and 1; 0 unless given. */
export interface ReaderControls {
  /** Puts a card in; answers whether pcscd has seen it (it has, unless it is not running). */
  insert(card: CardImage, slot?: number): Promise<{ readonly seen: boolean; readonly at: number }>
  /** Pulls whatever is in the slot out. */
  remove(slot?: number): Promise<{ readonly at: number }>
  /** In the place of the faults that still wait. Their index counts from the next APDU. */
  setFaults(faults: readonly Fault[], slot?: number): Promise<void>
  status(slot?: number): Promise<SlotStatus>
  /** The APDUs since the last clearing, without the bytes of PINs. */
  log(options?: { readonly slot?: number; readonly clear?: boolean }): Promise<readonly LogEntry[]>
  setLink(speed: LinkSpeed, delayMilliseconds?: number): Promise<void>
  /** `readers` 0 starts it without a reader, as if that had been unplugged; 1 with it again. */
  pcscd(action: PcscdAction, readers?: number): Promise<void>
}

/** The questions of the control channel as functions. */
export function controlsOf(client: Pick<ControlClient, "ask">): ReaderControls {
  return {
    async insert(card, slot = 0) {
      const result = await client.ask({ do: "insert", slot, card })
      return result.is === "inserted" ? result : unexpected(result.is)
    },
    async remove(slot = 0) {
      const result = await client.ask({ do: "remove", slot })
      return result.is === "removed" ? result : unexpected(result.is)
    },
    async setFaults(faults, slot = 0) {
      await client.ask({ do: "faults", slot, faults })
    },
    async status(slot = 0) {
      const result = await client.ask({ do: "status" })
      const status = result.is === "status" ? result.slots[slot] : unexpected(result.is)
      return status ?? unexpected(`no slot ${slot}`)
    },
    async log({ slot = 0, clear = false } = {}) {
      const result = await client.ask({ do: "log", slot, clear })
      return result.is === "log" ? result.entries : unexpected(result.is)
    },
    async setLink(speed, delayMilliseconds = 0) {
      await client.ask({ do: "link", speed, delayMilliseconds })
    },
    async pcscd(action, readers) {
      await client.ask({ do: "pcscd", action, ...(readers === undefined ? {} : { readers }) })
    },
  }
}

function unexpected(what: string): never {
  throw new ReaderError("refused", `the reader answered ${what}`)
}
