import { z } from "zod"
import { DossierReference } from "../../src-protocol/representation-api.ts"
import { dutchDay, parseBirthDate } from "../../src-backend/representation/birth-date.ts"
import {
  openStoreOfAdministrator,
  type RepresentationStore,
} from "../../src-backend/representation/store/representation-store.ts"
import type { Flag } from "../add-command.ts"
import { Directory } from "../options/values.ts"

/** A birth date as registers write it. */
export const BirthDate = z
  .string()
  .refine(
    (text) => parseBirthDate(text, dutchDay(Date.now())) !== undefined,
    "give a birth date as JJJJMMDD, such as 19700901; 00 for a day, or month and day, that nobody knows",
  )
export const SubscriberNumber = z
  .string()
  .regex(/^[0-9]{8}$/, "a subscriber number has eight digits; representation.json names the providers'")
export const Reference = DossierReference
/** A pseudonym. */
export const Subject = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "1 to 64 letters, digits, . _ -")
  .refine((text) => !/^[0-9]{8,9}$/.test(text), "that looks like a BSN: give a pseudonym")

export const DOSSIER_FLAGS: readonly Flag[] = [
  { flags: "--dir <directory>", describes: "where the authorization server keeps its store", required: true },
  {
    flags: "--subscriber <number>",
    describes: "the care provider, by its subscriber number",
    required: true,
  },
]
export const DossierOptions = z.object({ dir: Directory, subscriber: SubscriberNumber })

/** Does something with the store, also while the server runs, and closes it. */
export async function withStore<T>(
  directory: string,
  work: (store: RepresentationStore) => Promise<T>,
): Promise<T> {
  const store = await openStoreOfAdministrator(directory)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
