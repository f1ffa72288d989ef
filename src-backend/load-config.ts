import { readFile } from "node:fs/promises"
import { resolve } from "node:path"
import { z } from "zod"
import type { CryptoPort } from "../src-protocol/crypto-port.ts"
import { parseTrustProfile, type TrustProfile } from "../src-protocol/uzi/trust-profile.ts"
import { checkBackendConfig, type BackendConfig } from "./config.ts"
import { ConfigError } from "./config-error.ts"
import { parseRepresentationConfig } from "./representation/representation-config.ts"
import { Settings } from "./settings.ts"

const Port = z.int().min(0).max(65_535)
const Host = z.string().min(1).max(253)
const FileName = z.string().min(1)
const OPERATOR_BY_DEFAULT = { host: "127.0.0.1", port: 0 }

const ConfigFile = z.strictObject({
  directory: FileName,
  listen: z.strictObject({ host: Host.default("127.0.0.1"), port: Port }),
  operator: z.strictObject({ host: Host.default("127.0.0.1"), port: Port }).default(OPERATOR_BY_DEFAULT),
  tls: z.strictObject({ certificateFile: FileName, keyFile: FileName }).optional(),
  origin: z.string().optional(),
  trustFile: FileName,
  authenticationTrustFile: FileName.optional(),
  crlSources: z
    .array(
      z.union([z.strictObject({ file: FileName }), z.strictObject({ url: z.url({ protocol: /^https?$/ }) })]),
    )
    .min(1),
  trustedProxies: z.array(Host).default([]),
  representation: z
    .strictObject({
      host: Host.default("127.0.0.1"),
      port: Port,
      tls: z.strictObject({ certificateFile: FileName, keyFile: FileName }).optional(),
      issuer: z.string().optional(),
      /** Providers, clients and settings, in a file of their own. */
      configFile: FileName,
    })
    .optional(),
  // A function: each configuration gets its own defaults.
  settings: Settings.default(() => Settings.parse({})),
})
/** A configuration as it stands in a JSON file: files by name, relative to where the configuration lies. */
export type ConfigFile = z.input<typeof ConfigFile>

/**
 * Reads a configuration and the files that it names, relative to `base`. Throws a ConfigError that names the member for
 * anything missing, unreadable, unknown or forbidden.
 */
export async function parseBackendConfig(
  crypto: Pick<CryptoPort, "digest">,
  json: unknown,
  base: string,
): Promise<BackendConfig> {
  const parsed = ConfigFile.safeParse(json)
  if (!parsed.success) throw invalid(parsed.error)
  const { trustFile, authenticationTrustFile, tls, origin, crlSources, directory, representation, ...rest } =
    parsed.data
  const trust = await readTrust(crypto, base, "trustFile", trustFile)
  const config: BackendConfig = {
    ...rest,
    directory: resolve(base, directory),
    crlSources: crlSources.map((source) =>
      "file" in source ? { file: resolve(base, source.file) } : source,
    ),
    trust,
    authenticationTrust:
      authenticationTrustFile === undefined
        ? trust
        : await readTrust(crypto, base, "authenticationTrustFile", authenticationTrustFile),
    ...(tls === undefined ? {} : { tls: await readTls(base, "tls", tls) }),
    ...(origin === undefined ? {} : { origin }),
    ...(representation === undefined
      ? {}
      : { representation: await readRepresentation(base, representation) }),
  }
  checkBackendConfig(config)
  return config
}

function invalid(error: z.ZodError): ConfigError {
  const [issue] = error.issues
  const field = issue?.path.map(String).join(".") ?? ""
  return new ConfigError(field === "" ? "configuration" : field, issue?.message ?? "malformed", {
    cause: error,
  })
}

async function readTrust(
  crypto: Pick<CryptoPort, "digest">,
  base: string,
  field: string,
  name: string,
): Promise<TrustProfile> {
  const text = await readNamed(base, field, name)
  try {
    return await parseTrustProfile(crypto, JSON.parse(text))
  } catch (cause) {
    throw new ConfigError(field, `${name} is no trust profile: ${String(cause)}`, { cause })
  }
}

async function readRepresentation(
  base: string,
  { host, port, tls, issuer, configFile }: NonNullable<z.output<typeof ConfigFile>["representation"]>,
): Promise<NonNullable<BackendConfig["representation"]>> {
  const field = "representation.configFile"
  const text = await readNamed(base, field, configFile)
  return {
    ...{ host, port, config: parseRepresentationConfig(parseJson(field, configFile, text)) },
    ...(issuer === undefined ? {} : { issuer }),
    ...(tls === undefined ? {} : { tls: await readTls(base, "representation.tls", tls) }),
  }
}

function parseJson(field: string, name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ConfigError(field, `${name} is not JSON`, { cause })
  }
}

async function readTls(
  base: string,
  field: string,
  { certificateFile, keyFile }: { readonly certificateFile: string; readonly keyFile: string },
): Promise<{ certificate: string; key: string }> {
  return {
    certificate: await readNamed(base, `${field}.certificateFile`, certificateFile),
    key: await readNamed(base, `${field}.keyFile`, keyFile),
  }
}

async function readNamed(base: string, field: string, name: string): Promise<string> {
  try {
    return await readFile(resolve(base, name), "utf8")
  } catch (cause) {
    throw new ConfigError(field, `${name} cannot be read`, { cause })
  }
}
