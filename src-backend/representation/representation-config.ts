import { z } from "zod"
import { DAY, MINUTE, SECOND } from "../../src-protocol/instant.ts"
import { ConfigError } from "../config-error.ts"
import { isProviderName, RELEASES } from "./scope.ts"

const Milliseconds = z.int().min(1)

/** What can be set, with the values that docs/representation.md gives reasons for. */
export const RepresentationSettings = z.strictObject({
  release: z.enum(RELEASES).default("1.6"),
  /** S256 is enforced whenever it is sent; this says whether it must be. */
  requireProofKey: z.boolean().default(true),
  /** MedMij-Request-ID and X-Correlation-ID are in the tables of 2.x. */
  requireTraceIds: z.boolean().default(false),
  transactionMilliseconds: Milliseconds.default(10 * MINUTE),
  /** A code lives for the time of one redirect and one call. */
  codeSeconds: z.int().min(1).max(600).default(60),
  tokenSeconds: z.int().min(1).max(900).default(900),
  mismatchesPerRepresentative: z.int().min(1).default(5),
  mismatchWindowMilliseconds: Milliseconds.default(DAY),
  /** From so many mismatches of all representatives in the window on, the operator is warned. */
  mismatchAlarm: z.int().min(1).default(100),
  refusalsKeptMilliseconds: Milliseconds.default(30 * DAY),
  /** How long the provider's own system may take to answer. */
  registerTimeoutMilliseconds: Milliseconds.default(5 * SECOND),
})
export type RepresentationSettings = Readonly<z.infer<typeof RepresentationSettings>>

const Service = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9]{1,30}$/),
  name: z.string().min(1).max(100),
})

/** A provider of care for whom this server answers. */
const Provider = z.strictObject({
  /** Its MedMij name without `@medmij`. */
  name: z.string().refine(isProviderName, "a MedMij name without @medmij, such as eenofanderezorgaanbieder"),
  displayName: z.string().min(1).max(100),
  /** Of the UZI register: the clinicians of this provider have it on their passes. */
  subscriberNumber: z.string().regex(/^[0-9]{8}$/, "eight digits"),
  services: z.array(Service).min(1),
})
export type Provider = Readonly<z.infer<typeof Provider>>

/** A client of the OAuth Client List. `loopback` clients are for tests on this machine (RFC 8252 section 7.3). */
const Client = z.strictObject({
  /** Its host name. */
  id: z.string().regex(/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/, "a host name"),
  displayName: z.string().min(3).max(50),
  redirectUris: z.array(z.string().max(1_024)).min(1),
  /** The services that it may ask for. */
  services: z.array(z.string()),
  loopback: z.boolean().default(false),
})
export type Client = Readonly<z.infer<typeof Client>>

export const RepresentationFile = z.strictObject({
  providers: z.array(Provider).min(1),
  clients: z.array(Client).min(1),
  /** Whether clients on this machine's loopback address are taken, and a mock of DigiD may be used. */
  isTest: z.boolean().default(false),
  settings: RepresentationSettings.default(() => RepresentationSettings.parse({})),
})
export type RepresentationFile = z.input<typeof RepresentationFile>
/** Whom the server knows, and its settings. */
export type RepresentationConfig = Readonly<z.output<typeof RepresentationFile>>

/** Reads a configuration from JSON; throws a ConfigError that names the member. */
export function parseRepresentationConfig(json: unknown): RepresentationConfig {
  const parsed = RepresentationFile.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new ConfigError(issue?.path.map(String).join(".") ?? "", issue?.message ?? "malformed", {
      cause: parsed.error,
    })
  }
  for (const client of parsed.data.clients) checkClient(client, parsed.data)
  return parsed.data
}

/** The rule of core.authint.200: host = client_id, no port, https; by which nobody can register another's address. */
function checkClient(client: Client, { isTest, clients }: RepresentationConfig): void {
  const field = `clients.${client.id}`
  if (clients.filter(({ id }) => id === client.id).length > 1) throw new ConfigError(field, "is there twice")
  if (client.loopback && !isTest) throw new ConfigError(field, "a client on this machine is for tests only")
  for (const redirectUri of client.redirectUris) {
    const fault = redirectFault(client, redirectUri)
    if (fault !== undefined) throw new ConfigError(`${field}.redirectUris`, fault)
  }
}

function redirectFault(client: Client, redirectUri: string): string | undefined {
  if (!URL.canParse(redirectUri)) return "is not an address"
  const url = new URL(redirectUri)
  if (url.username !== "" || url.password !== "" || redirectUri.includes("#"))
    return "has no user, password or fragment"
  if (client.loopback)
    return url.protocol === "http:" && url.hostname === "127.0.0.1" ? undefined : "is http://127.0.0.1/…"
  if (url.protocol !== "https:") return "is an https address"
  // As text: for https `new URL` drops the port 443.
  const [, authority = ""] = /^https:\/\/([^/?#]*)/.exec(redirectUri) ?? []
  return authority === client.id ? undefined : "has the client_id as its host, and no port"
}
