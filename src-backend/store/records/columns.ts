import { z } from "zod"

/** A column of bytes. */
export const Bytes = z.instanceof(Uint8Array)
/** A column with a point in time. */
export const Time = z.int()
/** A truth value in an integer column: SQLite has no other. */
export const Truth = z.union([z.literal(0), z.literal(1)]).transform((value) => value === 1)

/** The row of a query for one `number`. */
export const CountRow = z.object({ number: z.int().min(0) })
