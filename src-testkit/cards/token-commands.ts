import { z } from "zod"

/** What crosses between `createCard` and the process that has the token open. */
const hex = z.string().regex(/^([0-9a-f]{2})*$/)

const keyRequest = z.strictObject({
  id: hex,
  label: z.string(),
  kind: z.enum(["rsa-2048", "rsa-3072", "rsa-4096", "p-256", "p-384", "p-521"]),
  use: z.enum(["sign", "decrypt"]),
  alwaysAuthenticate: z.boolean(),
  pssOnly: z.boolean(),
})

const certificateToStore = z.strictObject({
  id: hex,
  label: z.string(),
  authority: z.boolean(),
  certificate: hex,
  subject: hex,
  issuer: hex,
  serialNumber: hex,
})

const token = { module: z.string(), label: z.string(), pin: z.string() }

export const tokenCommand = z.discriminatedUnion("command", [
  z.strictObject({ command: z.literal("generate-keys"), ...token, keys: z.array(keyRequest) }),
  z.strictObject({
    command: z.literal("store-certificates"),
    ...token,
    certificates: z.array(certificateToStore),
  }),
])

/** For each key generated, in the order asked: its public half and the serial number of the token. */
export const tokenAnswer = z.strictObject({
  tokenSerialNumber: z.string(),
  publicKeys: z.array(hex),
})

export type KeyRequest = z.infer<typeof keyRequest>
export type CertificateToStore = z.infer<typeof certificateToStore>
export type TokenCommand = z.infer<typeof tokenCommand>
export type TokenAnswer = z.infer<typeof tokenAnswer>
