import type { AcceptedRecords } from "./records/accepted.ts"
import type { BatchRecords } from "./records/batches.ts"
import type { ClinicianRecords } from "./records/clinicians.ts"
import type { DisclosureRecords } from "./records/disclosures.ts"
import type { NoticeRecords } from "./records/notices.ts"
import type { QueueRecords } from "./records/queue.ts"
import type { RevocationListRecords } from "./records/revocation-lists.ts"
import type { SessionRecords } from "./records/sessions.ts"
import type { SettingRecords } from "./records/settings.ts"

/** What one transaction reads and writes, a member a subject. */
export interface Records {
  readonly settings: SettingRecords
  readonly disclosures: DisclosureRecords
  readonly notices: NoticeRecords
  readonly accepted: AcceptedRecords
  readonly queue: QueueRecords
  readonly batches: BatchRecords
  readonly sessions: SessionRecords
  readonly clinicians: ClinicianRecords
  readonly revocationLists: RevocationListRecords
}

/** The backend's own store. */
export type Store = StoreOf<Records>

export interface StoreOf<Records> {
  /**
   * Runs `work` alone and wholly or not at all. When the promise fulfils, what was written is on the disk; when `work`
   * throws, nothing was written. `work` must not wait for anything but its records: the others stand in line.
   */
  transaction<T>(work: (records: Records) => Promise<T>): Promise<T>
  /** Leaves no trace of deleted rows in the files of the database. */
  forgetDeleted(): Promise<void>
  /** Waits for what is under way and closes; every later call throws `closed`. */
  close(): Promise<void>
}
