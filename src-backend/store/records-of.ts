import { acceptedRecords } from "./records/accepted.ts"
import { batchRecords } from "./records/batches.ts"
import { clinicianRecords } from "./records/clinicians.ts"
import { disclosureRecords } from "./records/disclosures.ts"
import { noticeRecords } from "./records/notices.ts"
import { queueRecords } from "./records/queue.ts"
import { revocationListRecords } from "./records/revocation-lists.ts"
import { sessionRecords } from "./records/sessions.ts"
import { settingRecords } from "./records/settings.ts"
import type { Sql } from "./sql.ts"
import type { Records } from "./store.ts"

/** All records over one database. */
export function recordsOf(sql: Sql): Records {
  return {
    settings: settingRecords(sql),
    disclosures: disclosureRecords(sql),
    notices: noticeRecords(sql),
    accepted: acceptedRecords(sql),
    queue: queueRecords(sql),
    batches: batchRecords(sql),
    sessions: sessionRecords(sql),
    clinicians: clinicianRecords(sql),
    revocationLists: revocationListRecords(sql),
  }
}
