import { readFile } from "node:fs/promises"
import { ProtocolError } from "../src-protocol/errors.ts"
import type { CryptoPort } from "../src-protocol/crypto-port.ts"
import { parseTrustProfile, type TrustProfile } from "../src-protocol/uzi/trust-profile.ts"
import { ConfigError, type Config } from "./config.ts"

/** The trust profile that a configuration names, else the installation's own. Throws ConfigError, also for one of the other environment. */
export async function readTrust(
  crypto: Pick<CryptoPort, "digest">,
  { trust, environment }: Pick<Config, "trust" | "environment">,
  builtIn: string,
): Promise<TrustProfile> {
  const path = trust ?? builtIn
  const profile = await parse(crypto, path, trust === undefined)
  const wanted = environment === "production" ? "production" : "test"
  if (profile.environment.name === wanted) return profile
  throw new ConfigError(
    `${path}: this trust profile is for ${profile.environment.name}, and the ${environment} environment believes ${wanted} cards alone.`,
  )
}

async function parse(
  crypto: Pick<CryptoPort, "digest">,
  path: string,
  isBuiltIn: boolean,
): Promise<TrustProfile> {
  try {
    return await parseTrustProfile(crypto, JSON.parse(await readFile(path, "utf8")))
  } catch (cause) {
    if (cause instanceof ProtocolError || cause instanceof SyntaxError)
      throw new ConfigError(`${path}: this is no trust profile (${cause.message}).`, { cause })
    const more = isBuiltIn ? ", and no other trust profile is set (VRIJGAVE_TRUST)" : ""
    throw new ConfigError(`${path}: the trust profile cannot be read${more}.`, { cause })
  }
}
