import { readFileSync } from "node:fs"
import { z } from "zod"
import { parseCode } from "../../src-protocol/code.ts"

/** The known answers of `test/vectors/`; the README there says who made them. */

const code = z.string().transform(parseCode)
const hexBytes = z.string().transform((text) => new Uint8Array(Buffer.from(text, "hex")))
const indexes = z.object({ indexes: z.array(z.int()) })

const DayKeyVectors = z.array(
  z.object({
    firstDayKey: hexBytes,
    days: z.int(),
    expect: z.object({ dayKey: z.string(), ephemeralIds: z.record(z.string(), z.string()) }),
  }),
)

const ProtocolVectors = z.object({
  opaque: z.array(
    z.object({
      salt: hexBytes,
      code,
      day: z.int(),
      dayKey: hexBytes,
      expect: z.object({ bytes: hexBytes, hash: z.string() }),
    }),
  ),
  statement: z.array(z.object({ hash: z.string(), code, expect: z.object({ text: z.string() }) })),
  readBack: z.array(z.object({ hash: z.string(), code, expect: indexes })),
  trustwords: z.array(z.object({ code, expect: indexes })),
  puzzle: z.array(
    z.object({
      reference: z.string(),
      hash: z.string(),
      leadingZeroBits: z.int(),
      expect: z.object({ answer: z.string() }),
    }),
  ),
  batch: z.array(
    z.object({
      cycle: z.int(),
      entries: z.array(z.object({ day: z.int(), dayKey: hexBytes })),
      signature: hexBytes,
      publicKeySpki: hexBytes,
      expect: z.object({ bytes: hexBytes }),
    }),
  ),
  smime: z.array(z.object({ der: hexBytes, expect: z.object({ text: z.string() }) })),
})

function readVectors(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../vectors/${file}`, import.meta.url), "utf8"))
}

export const dayKeyVectors = DayKeyVectors.parse(readVectors("dp3t-lowcost.json"))
export const protocolVectors = ProtocolVectors.parse(readVectors("protocol-v1.json"))
